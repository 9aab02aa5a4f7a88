"""Runs of the scenario that journals its hooks: each is started once and recorded for the checks that read it."""

from __future__ import annotations

import re
import signal
import socket
import struct
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

import psutil

from conformance.checks.raw_requests import raw
from conformance.foundation.deadline import ANSWER, START, STOP, Deadline
from conformance.foundation.exceptions import ScenarioFailed, ServiceDied, ServiceHung
from conformance.target.exchange import Address, Exchange, authority, connect, exchange, unanswered
from conformance.target.service import NONCE_PATH, Script
from conformance.target.target import Target

KNOCK_SECONDS = 0.2  # long enough for an answer, were one given
TOO_EARLY_SECONDS = (
    1.2  # long enough for a shutdown hook, did it not wait: socketserver looks twice a second for its end
)
WORKERS_SECONDS = 3.0
CROWD = 6  # requests, of which several come to the same worker
SWAPS = 6  # more than any worker has threads, and than there are workers
ELSEWHERE_SECONDS = 3.0
_URL = re.compile(r"https?://[^\s'\"<>()]+")


@dataclass(frozen=True)
class Life:
    """Record of a run that is over: what was seen of it from outside, and the events that it wrote.

    `address` is where it was asked; `answers` are what came back, by path or by a name of the moment. `listening` and
    `processes`, the number of living processes, are those seen while it served. `exit_status` is None when its end was
    not waited for, or did not come in time. `stopping` is how many seconds passed from the signal to the end.
    """

    nonce: str
    pid: int
    address: Address
    listening: frozenset[Address]
    processes: int
    answers: Mapping[str, Exchange]
    events: tuple[Mapping[str, Any], ...]
    exit_status: int | None
    output: str
    stopping: float | None = None

    def names(self, kind: str = "") -> list[str]:
        """Names of the events that begin with `kind`, in the order they were written."""
        return [event["event"] for event in self.events if event["event"].startswith(kind)]

    def pids(self, kind: str = "") -> set[int]:
        """Processes that wrote events whose name begins with `kind`."""
        return {event["pid"] for event in self.events if event["event"].startswith(kind)}

    def of(self, pid: int) -> list[str]:
        """Names of the events that the process wrote."""
        return [event["event"] for event in self.events if event["pid"] == pid]

    def lines_with_its_url(self) -> list[str]:
        """Lines of the output that hold a URL with the port of `address`."""
        return [line for line in self.output.splitlines() if any(urls(line, self.address[1]))]

    def loops(self, kind: str = "") -> set[int | None]:
        """Event loops on which events whose name begins with `kind` were written; None stands for no loop."""
        return {event["loop"] for event in self.events if event["event"].startswith(kind)}


def urls(text: str, port: int) -> list[SplitResult]:
    """URLs in a text that have this port and a host; what cannot be parsed is no URL."""
    found = []
    for match in _URL.findall(text):
        with suppress(ValueError):
            url = urlsplit(match.rstrip(".,;"))
            if url.hostname and url.port == port:
                found.append(url)
    return found


class _Elsewhere(Exception):
    """The service listens, but not at the address where it is to be asked."""


class _Answers(dict[str, Exchange]):
    def __missing__(self, what: str) -> Exchange:
        raise ServiceHung(f"There was no answer to be had of it: {what}.")


class Recording:
    """A run that goes on, and what is seen of it.

    A failure of its hooks is written down and not raised: a check that reads its address must not fail for it.
    """

    def __init__(self, script: Script) -> None:
        self.script = script
        self.answers: dict[str, Exchange] = {}
        self.listening: set[Address] = set()
        self.processes = 0
        self.stopping: float | None = None

    def until_ready(self) -> None:
        """Wait for the answer that has the service's nonce.

        Raises what `Script.answers` does. A service that has listened for a while at another address ends the
        recording.
        """
        until = Deadline.after(START)
        while True:
            wait = Deadline.after(min(ELSEWHERE_SECONDS, until.left))
            try:
                self.script.answers(wait, NONCE_PATH)
            except ScenarioFailed:
                if self.script.host is None:
                    raise
                self.script.host = None  # a framework may refuse the address for a name, and answer to `localhost`
            except ServiceHung:
                self.look()
                if self._is_elsewhere():
                    raise _Elsewhere from None
                if until.passed:
                    raise
            else:
                return

    def _is_elsewhere(self) -> bool:
        """Whether the service listens, but not at the address where it is to be asked."""
        host, port = self.script.address
        right = {str(entry[4][0]) for entry in socket.getaddrinfo(host, port)} | {"0.0.0.0", "::"}
        return bool(self.listening) and not any(at == port and each in right for each, at in self.listening)

    def ask(self, *paths: str) -> None:
        """GET each path, and keep the answers that come by path."""
        for path in paths:
            with suppress(ServiceDied, ServiceHung):
                self.answers[path] = self.script.get(path)

    def ask_by(self, *hosts: str) -> None:
        """GET the nonce with each of these Host headers, and keep the answers that come by the header."""
        for host in hosts:
            with suppress(ServiceDied, ServiceHung):
                self.answers[host] = self.script.get(NONCE_PATH, headers=[("Host", host)])

    def ask_at(self, *hosts: str) -> None:
        """GET the nonce at each of these hosts, and keep the answers that come by the host."""
        for host in hosts:
            with suppress(ServiceDied, ServiceHung):
                self.answers[host] = exchange((host, self.script.address[1]), "GET", NONCE_PATH, host="localhost")
                self.script.record(self.answers[host])

    def swap(self) -> None:
        """GET /api/swap SWAPS times in turn, on one connection where the server keeps it; keep all answers, or none."""
        with suppress(ServiceDied, ServiceHung):
            for number, answer in enumerate(self.script.get_in_turn(*["/api/swap"] * SWAPS)):
                self.answers[f"swap {number}"] = answer

    def leave(self, path: str, begins: str) -> None:
        """Send a GET of `path`, and close the connection when the event `begins` is written."""
        with self.script.leave(path):
            self.until_written(begins)

    def cut(self, path: str) -> None:
        """Reset connections in the middle of a head, of a body, of a second request, and of an answer.

        The last one is that to a GET of `path`, and has nowhere to go.
        """
        host = authority((self.script.host or "localhost", self.script.address[1]))
        body = raw("POST", NONCE_PATH, ("Content-Length", "9"), body=b"1", host=host)
        chunks = raw("POST", NONCE_PATH, ("Transfer-Encoding", "chunked"), body=b"9\r\n1", host=host)
        whole, begun = (raw("GET", each, host=host) for each in (NONCE_PATH, path))
        for data in (whole[:-4], body, chunks, whole + body, raw("HEAD", NONCE_PATH, host=host)):
            with self._reset(data):
                pass
        with self._reset(begun):
            self.until_written("slow begins")
        self.release()
        self.until_written("slow ends")

    @contextmanager
    def _reset(self, data: bytes) -> Iterator[None]:
        """Context manager: the data are sent on a connection, which is reset at the end."""
        with connect(self.script.address) as connection:
            connection.sendall(data)
            self.script.record(unanswered(data, b"", self.script.address))
            yield
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def ask_although(self, *paths: str) -> None:
        """GET each path, then the nonce, although the path may end the service: asked last.

        Answers that come are kept by path, those with the nonce as `after <path>`.
        """
        for path in paths:
            for what, asked in ((path, path), (f"after {path}", NONCE_PATH)):
                try:
                    self.answers[what] = self.script.get(asked)
                except (ServiceDied, ServiceHung):
                    return

    def follow_its_url(self) -> None:
        """Wait for a URL of the service's port in its output, and GET the nonce at its host.

        The first answer to any such URL is kept as `url`.
        """
        until = Deadline.after(ANSWER)
        while not (found := urls(self.script.output, self.script.address[1])):
            if until.passed or self.script.exited:
                return
            time.sleep(0.01)
        for url in found:
            with suppress(ServiceDied, ServiceHung):
                host = str(url.hostname), self.script.address[1]
                answer = exchange(host, "GET", NONCE_PATH, headers=[("Host", url.netloc)])
                self.script.record(answer)
                self.answers["url"] = answer
                return

    def ask_every_worker(self, number: int) -> None:
        """GET the nonce, several times at once, until `number` processes have answered, or for WORKERS_SECONDS.

        A process that the kernel gives no connection does not answer, which is no failure of the run.
        """
        until = Deadline.after(WORKERS_SECONDS)
        with ThreadPoolExecutor(8) as pool:
            while True:
                for answer in pool.map(lambda _: self.script.get(NONCE_PATH), range(8)):
                    self.answers["worker"] = answer
                if until.passed or len(self.serving()) >= number:
                    return

    @contextmanager
    def in_flight(self, path: str) -> Iterator[None]:
        """Context manager: a GET of `path` has begun and waits for its answer, which is kept by path if it comes."""

        def wait() -> None:
            try:
                self.answers[path] = self.script.get(path)
            except (ServiceDied, ServiceHung):
                return

        flight = threading.Thread(target=wait)
        flight.start()
        try:
            self.until_written("slow begins")
            yield
        finally:
            flight.join()

    def until_written(self, event: str, seconds: float = START) -> None:
        """Wait until the event is written, `seconds` at most; raises nothing if it is not."""
        until = Deadline.after(seconds)
        while event not in self.script.event_names() and not (until.passed or self.script.exited):
            time.sleep(0.01)

    def release(self, name: str = "release") -> None:
        """Let endpoints or hooks go on that wait for this name."""
        (self.script.folder / name).touch()

    def serving(self) -> set[int]:
        """Processes that have written an event for a request so far."""
        return {event["pid"] for event in self.script.events() if event["event"] == "request"}

    def look(self) -> None:
        """Note where the service listens and how many processes it has."""
        processes = self.script.processes()
        self.listening |= self.script.listening(processes)
        self.processes = len(processes)

    def knock(self, moment: str) -> None:
        """Send one request that need not be answered; an answer is kept as `moment`."""
        try:
            self.answers[moment] = self.script.get(NONCE_PATH, seconds=KNOCK_SECONDS)
        except (ServiceDied, ServiceHung):
            return

    def knock_while_held(self) -> None:
        """Send a request while the first startup hook waits (SCENARIO_HOLD), then let the hook go on."""
        self.until_written("startup-1 begins")
        self.knock("held")
        self.release()

    def crowd_while_held(self) -> None:
        """Wait until the service is ready, as `until_ready` does, whose first startup hook waits (SCENARIO_HOLD).

        While it waits, CROWD more requests are sent at once. Then the hook goes on.
        """
        with ThreadPoolExecutor(CROWD + 1) as pool:
            ready = pool.submit(self.until_ready)
            self.until_written("startup-1 begins")
            for _ in pool.map(self.knock, ["held"] * CROWD):
                pass
            self.release()
        ready.result()

    def until_listening(self) -> None:
        """Wait until the service listens somewhere; no request is sent."""
        until = Deadline.after(START)
        while not (self.listening or until.passed or self.script.ended_within(0.05)):
            self.look()

    def until_noted(self, name: str) -> None:
        """Wait until an event of that name is written or the service has ended; raises nothing if it is not."""
        until = Deadline.after(START)
        while not (any(event["event"] == name for event in self.script.events()) or until.passed):
            if self.script.ended_within(0.01):
                return

    def end_serving_by(self, number: signal.Signals) -> None:
        """Send the signal to the processes that have answered, then to the first one, and wait for the end; raises
        nothing if it does not come.

        A first process that is no more than a reloader may kill the one that serves.
        """
        serving = [process for process in self.script.processes()[1:] if process.pid in self.serving()]
        for process in serving:
            process.send_signal(number)
        psutil.wait_procs(serving, STOP)
        self.end_by(number)

    def end_by(self, number: signal.Signals) -> None:
        """Send the signal, and wait for the end; raises nothing if it does not come."""
        began = time.monotonic()
        self.script.signal(number)
        self.until_ended(STOP)
        self.stopping = time.monotonic() - began

    def end_in_flight(self, path: str, number: signal.Signals) -> None:
        """Send the service a signal while a GET of `path` is being answered, and wait until the service has ended."""
        with self.in_flight(path):
            self.end_by(number)
            self.release()  # where the signal has not ended it

    def stop_in_flight(self, path: str, number: signal.Signals) -> None:
        """Send the signal while a GET of `path` is being answered, which goes on until the last shutdown hook has run
        too early, or has had the time for that."""
        with self.in_flight(path):
            self.script.signal(number)
            self.until_written("shutdown-2", TOO_EARLY_SECONDS)
            self.release()

    def until_ended(self, seconds: float) -> None:
        """Wait for an end that comes by itself, `seconds` at most; raises nothing if it does not come."""
        try:
            self.script.wait(seconds)
        except ServiceHung:
            return

    def written(self) -> Life:
        """The record of the run, when it is over."""
        script = self.script
        return Life(
            nonce=script.nonce,
            pid=script.pid,
            address=script.address,
            listening=frozenset(self.listening),
            processes=self.processes,
            answers=_Answers(self.answers),
            events=tuple(script.events()),
            exit_status=script.exit_status,
            output=script.output,
            stopping=self.stopping,
        )


@contextmanager
def recording(target: Target, address: Address, **settings: Any) -> Iterator[Recording]:
    """Start a script with these settings, to be asked at `address`; what is left of it at the end is killed.

    A service that listens elsewhere is ended when that is seen: the checks of its address read where it was.
    """
    with _ending(target.script("hook_journal", address=address, wait=False, **settings)) as life:
        yield life


@contextmanager
def recording_under(target: Target, server: Sequence[str], address: Address, **settings: Any) -> Iterator[Recording]:
    """Like `recording`, under an external server: `python -m <server>`."""
    with _ending(target.deployed("hook_journal", server, address=address, wait=False, **settings)) as life:
        yield life


@contextmanager
def _ending(script: Script) -> Iterator[Recording]:
    try:
        yield Recording(script)
    except _Elsewhere:
        return
    finally:
        script.end()
