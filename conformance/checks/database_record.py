"""Record of two processes of database_engines.py with a real PostgreSQL and a SQLite file, made once a variant.

One process is forked and in development; the other is a script, in production. All that is slow is done here:
a database that goes away and comes back, two hundred requests at once, an end. The checks that read it are all bound to
the script, so that one worker has them all (conformance/plugin/scheduling.py).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from conformance.contract.check import SCENARIOS
from conformance.foundation import loopback, seeded_random
from conformance.foundation.deadline import START, STOP, Deadline
from conformance.foundation.exceptions import ScenarioFailed, ServiceDied, ServiceHung
from conformance.services.postgresql import PostgreSQL
from conformance.target.exchange import Exchange
from conformance.target.service import Script, Service, Started
from conformance.target.target import Target

CROWD = 200
RECOVERY_SECONDS = 10.0
SILENCE_SECONDS = 1  # the connect_timeout of the alias `silent`
LONGER_THAN_ANYBODY = 40
COLUMNS = "id integer PRIMARY KEY AUTOINCREMENT, text text NOT NULL"
FILE = "notes.sqlite3"
UNWRITABLE = "unwritable.sqlite3"

TABLES = itertools.count(1)

Files = frozenset[str]


@dataclass(frozen=True)
class Storage:
    """Record of what the two processes did and were answered.

    `styles` are how its endpoints are written: plain, and awaited where there are those. `name` is what the first
    process calls its connections. `answers` are by a name of the moment, `written` is what the service wrote to its log
    until then; `secrets` are the passwords that may be shown nowhere; `closed` is an address without a database, `open`
    PostgreSQL's. `before` and `after` are the files beside the SQLite file, before the first
    request and after the first note. `hung_seconds` is how long requests took while PostgreSQL hung. `without` says why
    the first process did not start without DjangoSettings, if it did not, so that both use them; `refusal` why it did
    not start at all.
    """

    styles: tuple[str, ...]
    word: str
    name: str
    secrets: Mapping[str, str]
    closed: str
    open: str
    answers: Mapping[str, Exchange]
    written: Mapping[str, str]
    crowd: tuple[Exchange, ...]
    before: Files
    after: Files
    left: int | None
    hung_seconds: float
    outputs: Mapping[str, str]
    without: str
    refusal: str


class Answers(dict[str, Exchange]):
    """Answers by a name of the moment; asking for one that did not come raises ServiceHung."""

    def __missing__(self, what: str) -> Exchange:
        raise ServiceHung(f"There was no answer to be had of it: {what}.")


class Recording:
    """The two processes while they run, and what is seen of them."""

    def __init__(self, target: Target, postgresql: PostgreSQL) -> None:
        self.target = target
        self.postgresql = postgresql
        self.answers: dict[str, Exchange] = {}
        self.logged: dict[str, str] = {}
        self.crowd: list[Exchange] = []
        self.word = f"n{seeded_random.word(12)}"
        self.folder = Path(tempfile.mkdtemp(prefix="stored-", dir=target.folder))
        self.before: Files = frozenset()
        self.after: Files = frozenset()
        self.left: int | None = None
        self.without = ""
        self.styles = ("plain", "awaited") if target.variant.asynchronous else ("plain",)
        self.own = self.styles[-1]
        self.secrets = {"right": postgresql.password, "wrong": f"w{seeded_random.word(24)}"}
        self.closed_port = loopback.free_port(postgresql.host)
        self.name = ""
        self.hung_seconds = 0.0
        self.settings: dict[str, Any] = {
            "postgresql_host": postgresql.host,
            "postgresql_port": postgresql.port,
            "postgresql_user": postgresql.user,
            "postgresql_password": postgresql.password,
            "wrong_password": self.secrets["wrong"],
            "closed_port": self.closed_port,
            "table": f"note_{next(TABLES)}",  # of this use alone: the server outlives it
            "file": os.path.relpath(self.folder / FILE, SCENARIOS),
            "unwritable": f"{(self.folder / UNWRITABLE).as_uri()}?mode=ro",
        }
        with contextlib.closing(sqlite3.connect(self.folder / UNWRITABLE)) as made:
            made.execute(f"CREATE TABLE {self.settings['table']} ({COLUMNS})")

    def begin(self) -> Service:
        """Start the forked process, in a directory so deep that no relative path leads from it to the SQLite file."""
        elsewhere = self.folder.joinpath(*["deeper"] * (len(SCENARIOS.parts) + 1))
        elsewhere.mkdir(parents=True)
        try:
            service = self.target.serve("database_engines", directory=elsewhere, whole=True, **self.settings)
        except ScenarioFailed as fault:
            self.without = str(fault)
            self.settings["django_settings"] = 1
            service = self.target.serve("database_engines", directory=elsewhere, **self.settings)
        self.before = files(self.folder)
        self.name = service.nonce
        return service

    def join(self) -> Script:
        """Start the script."""
        address = (self.target.host, loopback.free_port(self.target.host))
        return self.target.script(
            "database_engines",
            address=address,
            host=address[0],
            port=address[1],
            production=1,
            **self.settings,
        )

    def ask(self, moment: str, service: Started, method: str, path: str) -> Exchange | None:
        """Send one request; its answer is kept as `moment`, with what the service wrote to its log until then, and
        returned; None if there is none."""
        before = len(service.output)
        try:
            answer = service.request(method, f"/api/{path}")
        except (ServiceDied, ServiceHung):
            return None
        self.answers[moment] = answer
        self.logged[moment] = service.output[before:]
        return answer

    def prepare(self, first: Service) -> None:
        """Make the tables, read the settings, write a note in each style."""
        self.ask("settings", first, "GET", "settings")
        for alias in ("default", "file"):
            self.ask(f"table {alias}", first, "POST", f"plain/table/{alias}")
        self.after = files(self.folder)
        for style in self.styles:
            self.ask(f"{style} writes", first, "POST", f"{style}/write/{self.word}{style}")
            for alias in ("default", "file"):
                self.ask(f"{style} reads {alias}", first, "GET", f"{style}/read/{alias}/{self.word}{style}")

    @property
    def prepared(self) -> bool:
        """Whether PostgreSQL has the table of notes."""
        answer = self.answers.get("table default")
        return answer is not None and answer.status == 200

    def share(self, first: Service, second: Script) -> None:
        """Have each process write what the other reads."""
        for alias in ("default", "file"):
            for writer, reader, name in ((first, second, "first"), (second, first, "second")):
                note = f"{self.word}of{name}"
                self.ask(f"{name} writes {alias}", writer, "POST", f"{self.own}/write/{alias}/{note}")
                self.ask(f"{name} is read {alias}", reader, "GET", f"{self.own}/read/{alias}/{note}")

    def end(self, first: Service, second: Script) -> None:
        """Use a connection of each kind, then end the script by SIGTERM."""
        self.ask("production closed", second, "GET", f"{self.own}/read/closed/{self.word}")
        self.ask("production refused", second, "GET", f"{self.own}/read/refused/{self.word}")
        self.ask("second writes pool", second, "POST", f"{self.own}/write/pool/{self.word}pool")
        self.ask("connections", first, "GET", f"plain/connections/{second.nonce}")
        second.signal(signal.SIGTERM)
        if second.ended_within(STOP):
            self.left = next((event["connections"] for event in second.events() if event["event"] == "left"), None)

    def crowd_in(self, first: Service) -> None:
        """Send many writes at once, which share a pool."""

        def write(number: int) -> Exchange | None:
            try:
                return first.post(f"/api/{self.own}/write/pool/{self.word}crowd{number}", seconds=START)
            except (ServiceDied, ServiceHung):
                return None

        with ThreadPoolExecutor(CROWD) as pool:
            self.crowd += [answer for answer in pool.map(write, range(CROWD)) if answer is not None]
        self.ask("crowd", first, "GET", f"{self.own}/read/default/{self.word}crowd")

    def refuse(self, first: Service) -> None:
        """Use databases that refuse a connection, or a write."""
        for style in self.styles:
            for alias in ("closed", "refused"):
                self.ask(f"{style} {alias}", first, "GET", f"{style}/read/{alias}/{self.word}")
                self.ask(f"{style} catches {alias}", first, "GET", f"{style}/caught/{alias}")
            self.ask(f"{style} writes unwritable", first, "POST", f"{style}/write/unwritable/{self.word}")
            self.ask(f"{style} reads unwritable", first, "GET", f"{style}/read/unwritable/{self.word}")

    def hang(self, first: Service) -> None:
        """Stop PostgreSQL's answers while a request waits for one, and send another request.

        A third one waits before that, longer than the silence that is allowed, while the database is alive.
        """
        path = f"{self.own}/sleep/silent"
        self.ask("alive", first, "GET", f"{path}/{1.5 * SILENCE_SECONDS}")
        waiting = threading.Thread(target=self.ask, args=("hung", first, "GET", f"{path}/{LONGER_THAN_ANYBODY}"))
        waiting.start()
        self.until(lambda: self.tells("busy", first, "plain/busy", {"busy": 1}) or not waiting.is_alive(), START)
        began = time.monotonic()
        with self.postgresql.hanging():
            self.ask("hung anew", first, "GET", f"{self.own}/read/silent/{self.word}")
            waiting.join(START)
            self.hung_seconds = time.monotonic() - began
        waiting.join()
        self.until(lambda: self.tells("idle", first, "plain/busy", {"busy": 0}), RECOVERY_SECONDS)
        expected = {"found": 2}
        self.until(
            partial(self.tells, "hung no more", first, f"{self.own}/read/silent/{self.word}of", expected),
            RECOVERY_SECONDS,
        )

    def go_away(self, first: Service) -> None:
        """Stop PostgreSQL while a request waits for it, and start it again a few requests later."""
        waiting = threading.Thread(target=self.ask, args=("stopped", first, "GET", f"{self.own}/long"))
        waiting.start()
        self.until(lambda: self.tells("busy", first, "plain/busy", {"busy": 1}) or not waiting.is_alive(), START)
        try:
            self.postgresql.stop()
            waiting.join()
            for style, alias in self.recovering:
                self.ask(f"gone {style} {alias}", first, "GET", f"{style}/read/{alias}/{self.word}")
        finally:
            self.postgresql.start()
        for style, alias in self.recovering:
            path, expected = f"{style}/read/{alias}/{self.word}of", {"found": 2}
            self.until(partial(self.tells, f"back {style} {alias}", first, path, expected), RECOVERY_SECONDS)

    @property
    def recovering(self) -> list[tuple[str, str]]:
        """Style and database of each request that is sent while PostgreSQL is gone and after it is back."""
        return [*((style, "default") for style in self.styles), (self.own, "impatient")]

    def tells(self, moment: str, service: Started, path: str, expected: object) -> bool:
        """Whether a request at this moment is answered 200 with that JSON."""
        answer = self.ask(moment, service, "GET", path)
        return answer is not None and answer.status == 200 and answer.json() == expected

    def until(self, holds: Callable[[], bool], seconds: float) -> None:
        """Wait until `holds()` is true, `seconds` at most; raises nothing if it is not."""
        until = Deadline.after(seconds)
        while not (holds() or until.passed):
            time.sleep(0.02)

    def written(self, outputs: Mapping[str, str], refusal: str = "") -> Storage:
        """The record, when both processes have ended."""
        return Storage(
            styles=self.styles,
            word=self.word,
            name=self.name,
            secrets=self.secrets,
            closed=f"{self.postgresql.host}:{self.closed_port}",
            open=f"{self.postgresql.host}:{self.postgresql.port}",
            answers=Answers(self.answers),
            written=self.logged,
            crowd=tuple(self.crowd),
            before=self.before,
            after=self.after,
            left=self.left,
            hung_seconds=self.hung_seconds,
            outputs=outputs,
            without=self.without,
            refusal=refusal,
        )


def record(target: Target, postgresql: PostgreSQL) -> Storage:
    """Start a service in development and one in production on the PostgreSQL, take them through all steps, most of them
    while both run, and return what was seen."""
    recording = Recording(target, postgresql)
    try:
        first = recording.begin()
    except ScenarioFailed as fault:
        return recording.written({}, str(fault))
    with _ending(first):
        recording.prepare(first)
        if not recording.prepared:  # it keeps nothing, which has been seen
            return recording.written({"development": first.output})
        outputs = {}
        with contextlib.suppress(ServiceDied):  # then it gives no answers
            second = recording.join()
            with _ending(second):
                recording.share(first, second)
                recording.end(first, second)
            outputs["production"] = second.output
        recording.crowd_in(first)
        recording.refuse(first)
        recording.hang(first)
        recording.go_away(first)
        return recording.written({"development": first.output, **outputs})


@contextlib.contextmanager
def _ending(service: Started) -> Iterator[None]:
    try:
        yield
    finally:
        service.end()


def files(folder: Path) -> Files:
    """Paths of the files below a folder, relative to it."""
    return frozenset(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def found(answer: Exchange) -> Any:
    """JSON of an answer; AssertionError unless it is 200."""
    assert answer.status == 200, str(answer)
    return answer.json()
