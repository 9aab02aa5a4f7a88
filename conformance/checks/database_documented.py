"""Record of services whose databases are declared as the page has them (scenario database_documented.py), made once a
variant.

Two run side by side, one with time zones and one without; a third has a relative SQLite path.
"""

from __future__ import annotations

import datetime
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from conformance.checks.database_record import TABLES, Answers, Files, files
from conformance.contract.check import SCENARIOS
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import ServiceDied, ServiceHung
from conformance.services.postgresql import PostgreSQL
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

# Zones whose offset, here in minutes, is the same all through the years of the moments.
ZONES = {"Asia/Kabul": 270, "Asia/Kathmandu": 345, "Asia/Kolkata": 330, "Pacific/Marquesas": -570}
FILE = "notes.sqlite3"
KEPT = ("kept_in_postgresql", "kept_in_a_file")


@dataclass(frozen=True)
class Documented:
    """What the services answered, by a name of the moment.

    `instant` is what the one with time zones stored, `moment`, a local time in `zone`, what the one without did. `path`
    is the SQLite file's; `made` are the files in the folder that the third one's relative path leads to.
    """

    instant: datetime.datetime
    moment: datetime.datetime
    zone: datetime.timezone
    path: str
    answers: Mapping[str, Exchange]
    made: Files

    def told(self, moment: str) -> Any:
        """JSON of an answer, which an endpoint returned as a text; AssertionError unless it is 200."""
        answer = self.answers[moment]
        assert answer.status == 200, str(answer)
        found = answer.json()
        return json.loads(found) if isinstance(found, str) else found


def record(target: Target, postgresql: PostgreSQL) -> Documented:
    """Start the services, ask each of them everything, and end them."""
    folder = Path(tempfile.mkdtemp(prefix="documented-", dir=target.folder))
    (project := folder / "project").mkdir()
    zone = sorted(ZONES)[seeded_random.below(len(ZONES))]
    instant, moment = some_moment().replace(tzinfo=some_offset()), some_moment()
    given: dict[str, Any] = {
        "postgresql_host": postgresql.host,
        "postgresql_port": postgresql.port,
        "postgresql_user": postgresql.user,
        "postgresql_password": postgresql.password,
        "table": f"documented_{next(TABLES)}",  # of this use alone: the server outlives it
        "file": folder / FILE,
        "moment": moment.isoformat(),
    }
    answers = Answers()
    started = []
    try:
        aware = target.serve(
            "database_documented", **{**given, "moment": instant.isoformat()}, use_tz=1, time_zone=zone
        )
        started.append(aware)
        naive = target.serve("database_documented", **given, use_tz=0, time_zone=zone)
        started.append(naive)
        for path in ("settings", "written", *KEPT):
            ask(answers, f"aware {path}", aware, path)
        for path in KEPT:
            ask(answers, f"naive {path}", naive, path)
        ask(answers, "aware as naive", naive, f"read/{aware.nonce}")
        ask(answers, "naive as aware", aware, f"read/{naive.nonce}")
        elsewhere = folder.joinpath(*["deeper"] * (len(SCENARIOS.parts) + 1))  # no relative path leads to the file
        elsewhere.mkdir(parents=True)
        relative = {**given, "file": os.path.relpath(project / FILE, SCENARIOS), "directory": elsewhere}
        third = target.serve("database_documented", **relative)
        started.append(third)
        ask(answers, "relative", third, "kept_in_a_file")
    finally:
        for service in started:
            service.end()
    offset = datetime.timezone(datetime.timedelta(minutes=ZONES[zone]))
    return Documented(instant, moment, offset, str(folder / FILE), answers, files(project))


def ask(answers: dict[str, Exchange], moment: str, service: Service, path: str) -> None:
    """Send a GET; its answer is kept as `moment`, if there is one."""
    try:
        answers[moment] = service.get(f"/api/{path}")
    except (ServiceDied, ServiceHung):
        return


def some_moment() -> datetime.datetime:
    """A random local time, without a zone, whose microseconds are not 0."""
    seconds = seeded_random.below(20 * 365 * 24 * 60 * 60)
    return datetime.datetime(2001, 1, 1) + datetime.timedelta(
        seconds=seconds, microseconds=1 + seeded_random.below(999999)
    )


def some_offset() -> datetime.timezone:
    """A random time zone with an offset that none of ZONES has."""
    return datetime.timezone(datetime.timedelta(hours=1 + seeded_random.below(10), minutes=20))
