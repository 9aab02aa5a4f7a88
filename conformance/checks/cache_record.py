"""What the checks of CACHE read: what one process tells of its caches, and the record of two services on a real Redis.

Both are on the scenario cache_engines.py. The two services share one Redis; another one is stopped while it is used,
and started again.
"""

from __future__ import annotations

import contextlib
import json
import socket
import tempfile
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from conformance.contract.backend import Mode
from conformance.foundation import loopback, seeded_random
from conformance.foundation.deadline import ANSWER, Deadline
from conformance.services.redis import Redis
from conformance.target.exchange import Exchange
from conformance.target.service import NONCE_PATH, Service
from conformance.target.target import Target

EXPIRY_SECONDS = 0.3
BRIEFLY_SECONDS = 0.05
AT_ONCE_SECONDS = 0.3  # answers that are sent together come within
PAUSE = 0.002


def places(target: Target, redis: Redis, failing: int = 0, silent: int = 0) -> dict[str, Any]:
    """Addresses of the scenario's caches; no server listens at a port that is not given."""
    nobody = loopback.free_port(redis.host)
    return {
        "host": redis.host,
        "port": redis.port,
        "password": redis.password,
        "failing": failing or nobody,
        "silent": silent or nobody,
        "nobody": nobody,
        "folder": tempfile.mkdtemp(prefix="cached-", dir=target.folder),
    }


@dataclass(frozen=True)
class Told:
    """What the probe was given, and the value that it returned."""

    where: Mapping[str, Any]
    keywords: Mapping[str, Any]
    expected: tuple[Any, ...]
    text: str
    value: Mapping[str, Any]


def conversation() -> tuple[list[list[Any]], tuple[Any, ...]]:
    """Calls on one cache, in order, and the result of each."""
    number, step = (1000 + seeded_random.below(10**6) for _ in range(2))
    key, fresh, count, absent, nothing = (f"k{seeded_random.word()}" for _ in range(5))
    value = {"text": seeded_random.word(), "list": [number, None, True, 1.5]}
    told: list[tuple[list[Any], Any]] = [
        (["get", absent], None),
        (["get", absent, step], step),
        (["set", key, value], None),
        (["get", key], value),
        (["add", key, step], False),
        (["get", key], value),
        (["add", fresh, number], True),
        (["set", nothing, None], None),
        (["get", nothing, step], None),
        (["add", nothing, step], False),
        (["get_many", [key, absent, fresh, nothing]], {key: value, fresh: number, nothing: None}),
        (["delete", key], True),
        (["get", key], None),
        (["delete", key], False),
        (["set", count, number], None),
        (["incr", count], number + 1),
        (["incr", count, step], number + 1 + step),
        (["get", count], number + 1 + step),
        (["incr", absent], {"raised": "ValueError"}),
        (["expire", absent, 100], False),
        (["expire", count, 100], True),
        (["get", count], number + 1 + step),
        (["expire", count, 0], True),
        (["get", count], None),
        (["set", fresh, step, 0], None),
        (["get", fresh], None),
    ]
    return [call for call, _ in told], tuple(result for _, result in told)


def tell(target: Target, engines: Iterable[str]) -> Told:
    """Have a process build the service, use its caches without serving, and fork."""
    calls, expected = conversation()
    keywords = {
        "location": seeded_random.word(),
        "timeout": 1000 + seeded_random.below(1000),
        "key_prefix": seeded_random.word(),
        "options": {"MAX_ENTRIES": 1000 + seeded_random.below(1000)},
    }
    text = seeded_random.word()
    with Redis(loopback.own_address(), seeded_random.word()) as redis:
        where = places(target, redis)
        value = target.probe(
            "cache_engines", "told", where=where, engines=list(engines), keywords=keywords, calls=calls,
            key=f"k{seeded_random.word()}", text=text,
        ).value  # fmt: skip
    return Told(where, keywords, expected, text, value)


@dataclass
class Record:
    """What was seen of the two services, by the name of each request.

    `seconds` are how long an answer took, `written` what the service wrote to its log until then.
    """

    redis: str
    failing: str
    passwords: tuple[str, ...]
    text: str
    ways: tuple[str, ...]
    answers: dict[str, Exchange] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    output: str = ""
    waiting: bool = False

    def ask(self, name: str, service: Service, path: str) -> None:
        """Send a request; keep the answer, how long it took, and what the service wrote until then."""
        begun, before = time.monotonic(), len(service.output)
        self.answers[name] = service.get(path)
        self.seconds[name] = time.monotonic() - begun
        self.written[name] = service.output[before:]

    def result(self, name: str) -> Any:
        """Result of the call that was sent under this name."""
        return json_of(self.answers[name])["result"]


def json_of(answer: Exchange) -> Any:
    """JSON of an answer; AssertionError unless it is 200."""
    assert answer.status == 200, str(answer)
    return answer.json()


def call(way: str, *entries: Any) -> str:
    """Path of the endpoint that makes one call on a cache."""
    return f"/api/{way}?call={quote(json.dumps(entries))}"


def lock(name: str, timeout: float, wait: float, gate: Path) -> str:
    """Path of the endpoint that holds a lock until its gate is opened."""
    return f"/api/held?name={name}&timeout={timeout}&wait={wait}&gate={quote(str(gate))}"


class Visit:
    """A request that waits at a gate: a file, which `leave` makes before it waits for the answer."""

    def __init__(
        self, pool: ThreadPoolExecutor, record: Record, name: str, service: Service, path: str, gate: Path
    ) -> None:
        self.gate = gate
        self.asked: Future[None] = pool.submit(record.ask, name, service, path)
        there = gate.with_name(f"{gate.name}.in")
        until = Deadline.after(ANSWER)
        while not (there.exists() or self.asked.done() or until.passed):
            time.sleep(PAUSE)

    def leave(self) -> None:
        """Open the gate and wait for the answer."""
        self.gate.touch()
        self.asked.result()


def share(target: Target) -> Record:
    """Run two services through everything, once a variant."""
    host = loopback.own_address()
    with (
        Redis(host, seeded_random.word()) as redis,
        Redis(host, redis.password) as failing,
        socket.create_server((host, 0)) as silent,
    ):
        ways = ("plain", "django", *(("awaited",) if target.variant.mode is Mode.ASYNC else ()))
        passwords = (redis.password, redis.password[::-1])
        record = Record(redis.address, failing.address, passwords, seeded_random.word(), ways)
        where = json.dumps(places(target, redis, failing.port, silent.getsockname()[1]))
        services = [target.serve("cache_engines", caches=where) for _ in range(2)]
        try:
            between(record, *services)
            with ThreadPoolExecutor(3) as pool:
                if target.variant.mode is Mode.ASYNC:
                    slowly(record, pool, services[0])
                    silently(record, pool, services[0], silent)
                contended(record, pool, *services)
                failed(record, pool, failing, services[0])
        finally:
            record.output = "".join(service.output for service in services)
            for service in services:
                service.end()
    return record


def between(record: Record, first: Service, second: Service) -> None:
    """Have one service write in each way, and the other read in each."""
    for writer in record.ways:
        key = f"k{seeded_random.word()}"
        record.ask(f"write {writer}", first, call(writer, "default", "set", key, [writer, record.text]))
        for reader in record.ways:
            record.ask(f"{writer} to {reader}", second, call(reader, "default", "get", key))


def slowly(record: Record, pool: ThreadPoolExecutor, service: Service) -> None:
    """Have a Django cache take its time while another request comes."""
    gate = service.folder / "slow"
    visit = Visit(pool, record, "slow", service, call("awaited", "slow", "get", str(gate)), gate)
    record.ask("meanwhile", service, "/api/sleeping")
    visit.leave()


def silently(record: Record, pool: ThreadPoolExecutor, service: Service, silent: socket.socket) -> None:
    """Have a Redis accept a connection and say nothing while another request comes, then close."""
    asked = pool.submit(record.ask, "silent", service, call("awaited", "silent", "get", "key"))
    silent.settimeout(0.05)
    while not (asked.done() or "beside silence" in record.answers):
        with contextlib.suppress(TimeoutError), silent.accept()[0]:
            record.ask("beside silence", service, "/api/sleeping")
            record.waiting = not wait([asked], AT_ONCE_SECONDS).done  # the two may have been answered together
    silent.close()
    asked.result()


def contended(record: Record, pool: ThreadPoolExecutor, first: Service, second: Service) -> None:
    """Have both services want one lock; then a lock that expires before its owner is done."""
    name, brief = f"l{seeded_random.word()}", f"l{seeded_random.word()}"
    gates = [first.folder / f"gate{number}" for number in range(3)]
    at_once = first.folder / "open"
    at_once.touch()
    owner = Visit(pool, record, "owner", first, lock(name, 20, 0, gates[0]), gates[0])
    record.ask("refused", second, lock(name, 20, BRIEFLY_SECONDS, at_once))
    owner.leave()
    record.ask("next owner", second, lock(name, 20, BRIEFLY_SECONDS, at_once))
    late = Visit(pool, record, "late owner", first, lock(brief, EXPIRY_SECONDS, 0, gates[1]), gates[1])
    successor = Visit(pool, record, "successor", second, lock(brief, 20, ANSWER / 2, gates[2]), gates[2])
    late.leave()
    record.ask("refused again", first, lock(brief, 20, BRIEFLY_SECONDS, at_once))
    successor.leave()


def failed(record: Record, pool: ThreadPoolExecutor, redis: Redis, service: Service) -> None:
    """Stop a Redis in the middle of a request and start it again, then once more between two requests.

    The last requests go to a Redis with a password that it does not take.
    """
    key = f"k{seeded_random.word()}"
    gate = service.folder / "twice"
    for way in record.ways:
        record.ask(f"before {way}", service, call(way, "failing", "set", key, record.text))
    visit = Visit(
        pool, record, "stopped", service, f"{call('twice', 'failing', 'get', key)}&gate={quote(str(gate))}", gate
    )
    redis.stop()
    visit.leave()
    for way in record.ways:
        record.ask(f"down {way}", service, call(way, "failing", "get", key))
    record.ask("while down", service, NONCE_PATH)
    redis.start()
    for way in record.ways:
        record.ask(f"set again {way}", service, call(way, "failing", "set", key, [way, record.text]))
        record.ask(f"got again {way}", service, call(way, "failing", "get", key))
    redis.stop()
    redis.start()
    for way in record.ways:
        record.ask(f"unnoticed {way}", service, call(way, "failing", "get", key, way))
    for way in record.ways:
        record.ask(f"mistaken {way}", service, call(way, "mistaken", "get", key))
    record.ask("shown", service, "/api/shown")
