"""Records of services whose databases are declared as the page has them (scenario database_documented.py), each made
once a variant: what single services answered, and what two did that keep notes in one database."""

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
    """What a service answered, by the path that was asked; `moment` is what it stored, `path` the SQLite file's."""

    moment: datetime.datetime
    path: str
    answers: Mapping[str, Exchange]

    def told(self, path: str) -> Any:
        """JSON of an answer, which an endpoint returned as a text; AssertionError unless it is 200."""
        return told(self.answers[path])


@dataclass(frozen=True)
class Zoned:
    """What two services in one `zone` made of each other's notes: `aware` with time zones, which stored `instant`, and
    `naive` without, which stored `moment`."""

    zone: datetime.timezone
    instant: datetime.datetime
    moment: datetime.datetime
    aware_as_naive: Any
    naive_as_aware: Any


def told(answer: Exchange) -> Any:
    """JSON that an endpoint returned as a text; AssertionError unless the answer is 200."""
    assert answer.status == 200, str(answer)
    found = answer.json()
    return json.loads(found) if isinstance(found, str) else found


def record(target: Target, postgresql: PostgreSQL, use_tz: bool) -> Documented:
    """Start a service in UTC, ask it everything, and end it."""
    moment = some_moment().replace(tzinfo=some_offset()) if use_tz else some_moment()
    given = settings(postgresql, new_folder(target))
    service = target.serve(
        "database_documented", **given, moment=moment.isoformat(), use_tz=int(use_tz), time_zone="UTC"
    )
    answers = Answers()
    try:
        for path in ("settings", "written", *KEPT):
            ask(answers, path, service)
    finally:
        service.end()
    return Documented(moment, str(given["file"]), answers)


def record_in_a_zone(target: Target, postgresql: PostgreSQL) -> Zoned:
    """Start two services in a random zone side by side, let each read what the other keeps, and end them."""
    zone = sorted(ZONES)[seeded_random.below(len(ZONES))]
    instant, moment = some_moment().replace(tzinfo=some_offset()), some_moment()
    given = {**settings(postgresql, new_folder(target)), "time_zone": zone}
    started: list[Service] = []
    try:
        for stored, use_tz in ((instant, 1), (moment, 0)):
            started.append(target.serve("database_documented", **given, moment=stored.isoformat(), use_tz=use_tz))
            told(started[-1].get("/api/kept_in_postgresql"))
        aware, naive = started
        return Zoned(
            datetime.timezone(datetime.timedelta(minutes=ZONES[zone])),
            instant,
            moment,
            told(naive.get("/api/all_in_postgresql")).get(aware.nonce),
            told(aware.get("/api/all_in_postgresql")).get(naive.nonce),
        )
    finally:
        for service in started:
            service.end()


def files_of_a_relative_path(target: Target, postgresql: PostgreSQL) -> Files:
    """Start a service whose SQLite path is relative, in another working directory, and end it when it has kept a note;
    the files in the folder that the path leads to from the project's."""
    folder = new_folder(target)
    (project := folder / "project").mkdir()
    elsewhere = folder.joinpath(*["deeper"] * (len(SCENARIOS.parts) + 1))  # no relative path leads to the file
    elsewhere.mkdir(parents=True)
    given = {**settings(postgresql, folder), "file": os.path.relpath(project / FILE, SCENARIOS), "directory": elsewhere}
    service = target.serve("database_documented", **given, moment=some_moment().isoformat())
    try:
        told(service.get("/api/kept_in_a_file"))
    finally:
        service.end()
    return files(project)


def new_folder(target: Target) -> Path:
    """An empty folder for the files of one record."""
    return Path(tempfile.mkdtemp(prefix="documented-", dir=target.folder))


def settings(postgresql: PostgreSQL, folder: Path) -> dict[str, Any]:
    """Settings of the scenario that say where the databases are; the table is new, for the server outlives its use."""
    return {
        "postgresql_host": postgresql.host,
        "postgresql_port": postgresql.port,
        "postgresql_user": postgresql.user,
        "postgresql_password": postgresql.password,
        "table": f"documented_{next(TABLES)}",
        "file": folder / FILE,
    }


def ask(answers: dict[str, Exchange], path: str, service: Service) -> None:
    """Send a GET; its answer is kept under the path, if there is one."""
    try:
        answers[path] = service.get(f"/api/{path}")
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
