"""SECURITY: heads that are too large (4), clients that are slow and a process without descriptors (6)."""

from __future__ import annotations

import math
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import psutil
import pytest

from conformance.checks import wire
from conformance.checks.random_values import word
from conformance.checks.raw_requests import CLOSE, JSON, raw
from conformance.checks.security_launches import PATIENCE, Exposed
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation.deadline import Deadline
from conformance.foundation.exceptions import HarnessError
from conformance.target.exchange import Address, connect
from conformance.target.service import NONCE_PATH, Script
from conformance.target.target import Target

KIB = 1024
CHUNKED = ("Transfer-Encoding", "chunked")


def echo(text: str, *fields: tuple[str, str], body: bytes | None = None) -> bytes:
    """A request whose answer has the text in it, where it is answered."""
    sent = b'{"%s": 0}' % text.encode()
    return raw("POST", "/api/echo", JSON, ("Content-Length", str(len(sent))), *fields, body=sent)


# --- 4: heads ---

LARGE = {
    "66 fields of a KiB": [(f"X-{count}", "v" * KIB) for count in range(66)],
    "a field of 65 KiB": [("X-Field", "v" * 65 * KIB)],
    "a name of 65 KiB": [("X" * 65 * KIB, "v")],
    "1,001 fields of many names": [(f"X-{count}", "") for count in range(1001)],
    "1,001 fields of one name": [("X", "v")] * 1001,
}


@must("SECURITY-4a", start=Start.SCRIPT, kills="security_heads_of_any_size_answered")
@pytest.mark.parametrize("head", LARGE)
def test_a_head_that_is_too_large_reaches_no_endpoint(exposed: Exposed, head: str) -> None:
    text = word()
    heard = wire.say(exposed.under().address, echo(text, *LARGE[head], CLOSE))
    assert text.encode() not in heard.received, heard
    assert len(heard.statuses) <= 1, heard
    assert [status for status in heard.statuses if status not in range(400, 500)] == [], heard
    if not heard.statuses:
        assert heard.closed is not None, heard


HUNDRED = 100
BOUND = 32 * KIB * KIB  # what a hundred heads of half a MiB may add, which are more than half as much again
EACH = 10  # connections, after which memory is looked at: a time-out may have freed it at the end


@must("SECURITY-4a", start=Start.SCRIPT, kills="security_heads_of_any_size_received")
def test_a_hundred_heads_that_never_end_leave_memory_bounded(exposed: Exposed) -> None:
    service = exposed.under()
    before = most = memory(service)
    head = raw("GET", NONCE_PATH)[:-2] + b"X-Field: " + b"v" * 512 * KIB
    with ExitStack() as stack:
        for count in range(HUNDRED):
            connection = stack.enter_context(connect(service.address))
            with suppress(ConnectionError):  # refused, in the middle of it
                connection.sendall(head)
            if count % EACH == EACH - 1:
                most = max(most, memory(service))
        assert service.get(NONCE_PATH).status == 200
        grown = max(most, memory(service)) - before
    assert grown < BOUND, f"{grown // KIB} KiB more"


def memory(service: Script) -> int:
    return sum(process.memory_info().rss for process in service.processes())


FIELDS, SIZE = 20, 2000


def fields_in_all(count: int) -> list[tuple[str, str]]:
    """With Host and Connection, so many of them."""
    return [*((f"X-{name}", "v") for name in range(count - 2)), CLOSE]


def fields_of(size: int) -> list[tuple[str, str]]:
    """With Host, so many bytes: four are around each name and value."""
    others = [("Host", "localhost"), CLOSE, ("X-Field", "")]
    return [("X-Field", "v" * (size - sum(len(name) + len(value) + 4 for name, value in others))), CLOSE]


@must("SECURITY-4b", kills=("route_heads_of_any_size_answered", "security_heads_at_the_limit_refused"))
def test_more_fields_or_more_bytes_of_them_than_the_service_takes_are_431(target: Target) -> None:
    service = target.shared("security_service", max_header_fields=FIELDS, max_header_size=SIZE)
    for allowed in (fields_in_all(FIELDS), fields_of(SIZE)):
        answer = service.send(raw("GET", NONCE_PATH, *allowed), "GET")
        assert answer.status == 200, answer
    for refused in (fields_in_all(FIELDS + 1), fields_of(SIZE + 1)):
        answer = service.send(raw("GET", NONCE_PATH, *refused), "GET")
        assert answer.status == 431, answer
        assert service.nonce.encode() not in answer.body, answer


# --- 6: time and descriptors ---

SLOW = 5.0  # seconds until a connection counts as never closed
DRIP = 0.1  # seconds between two bytes of who sends a head for ever


@must("SECURITY-6a", start=Start.SCRIPT, kills="security_waits_for_ever")
def test_connections_that_are_slow_or_idle_are_closed_and_others_are_answered_meanwhile(exposed: Exposed) -> None:
    service = exposed.under()
    request, text = echo(word()), word()
    chunked = raw("POST", "/api/echo", JSON, CHUNKED)
    sent = {
        "nothing": b"",
        "half a line": request[:7],
        "half a head": request[:40],
        "an empty line": b"\r\n",
        "no body": request[: request.index(b"\r\n\r\n") + 4],
        "half a body": request[:-3],
        "no chunk": chunked,
        "half a chunk": chunked + b'9\r\n{"a"',
        "an answer": request,
        "an answer, then half a head": request + request[:40],
    }
    with ThreadPoolExecutor(2) as pool:
        silent = pool.submit(wire.say_at_once, service.address, list(sent.values()), SLOW)
        dripping = pool.submit(drip, service.address, request[:40])
        while not silent.done():
            assert text.encode() in service.send(echo(text, CLOSE), "POST").body
            time.sleep(DRIP)
        heard = dict(zip(sent, silent.result(), strict=True))
        assert dripping.result() is not None, "a head that comes for ever is waited for"
    for name, each in heard.items():
        assert each.closed is not None, f"{name}: {each}"
        at_once = each.refused or wire.ends(each.received)  # a server that keeps none, or has refused it
        assert at_once or each.closed > PATIENCE * 0.9, f"{name}: {each}"
        assert (200 in each.statuses) == name.startswith("an answer"), f"{name}: {each}"


def drip(address: Address, head: bytes) -> float | None:
    """Send the beginning of a head and then more of it, byte by byte; after how many seconds that ended."""
    began = time.monotonic()
    with connect(address, DRIP) as connection:
        connection.sendall(head)
        while (passed := time.monotonic() - began) < SLOW:
            with suppress(TimeoutError):
                try:
                    if not connection.recv(65536):
                        return passed
                    continue
                except ConnectionError:
                    return passed
            with suppress(ConnectionError):
                connection.sendall(b"v")
    return None


EXHAUSTED = 0.8  # seconds without a descriptor
MORE = 40  # connections, more than there may be gaps among the descriptors that are open
ATTEMPTS = 5  # where the check itself was held up for as long as a connection may be idle


@must("SECURITY-6b", start=Start.SCRIPT, kills="security_accepts_without_a_pause")
def test_a_process_without_descriptors_serves_the_connections_that_it_has_and_accepts_again(exposed: Exposed) -> None:
    service = exposed.under()
    assert service.get(NONCE_PATH).status == 200
    usual = frozenset(map(without_numbers, service.output.splitlines()))
    if not any(goes_on_without_descriptors(service, usual) for _ in range(ATTEMPTS)):
        raise HarnessError(f"the check was held up each time, {ATTEMPTS} times: run it on a machine that does less")
    assert service.get(NONCE_PATH).status == 200


def without_numbers(line: str) -> str:
    return re.sub(r"[0-9]+", "0", line)


def goes_on_without_descriptors(service: Script, usual: frozenset[str]) -> bool:
    """Whether it was seen to; False where the connection was idle for so long that the service may have closed it.

    `usual` are the lines that the service writes of any request, without their numbers.
    """
    asked = raw("GET", NONCE_PATH)
    with ExitStack() as stack:
        kept = stack.enter_context(connect(service.address))
        last = time.monotonic()
        first = ask(kept, asked)
        assert service.nonce.encode() in first
        keeps = not wire.ends(first)
        if not keeps:
            kept = stack.enter_context(connect(service.address))
            last = time.monotonic()
            until_accepted(service, kept)
        with no_descriptor_left(service):
            written, began = len(service.output), time.monotonic()
            for _ in range(MORE):
                stack.enter_context(connect(service.address))
            answers = True
            while answers:
                received = ask(kept, asked)
                if service.nonce.encode() not in received and time.monotonic() - last > PATIENCE * 0.8:
                    return False
                assert service.nonce.encode() in received, received
                last = time.monotonic()
                answers = keeps and last - began < EXHAUSTED
                time.sleep(DRIP if answers else max(0.0, EXHAUSTED - (last - began)))
            # A log may have lines of each request.
            found = [line for line in service.output[written:].splitlines() if NONCE_PATH not in line]
            lines = [line for line in found if without_numbers(line) not in usual]
            passed = time.monotonic() - began
        assert len(lines) <= 1 + math.ceil(passed), f"{len(lines)} lines in {passed:.1f} s, such as {lines[:3]}"
    return True


def until_accepted(service: Script, connection: socket.socket) -> None:
    """Wait until a process of the service has the connection, in vain if need be."""
    name, until = connection.getsockname(), Deadline.after(PATIENCE)
    while not until.passed:
        for process in service.processes():
            if any(each.raddr == name for each in process.net_connections(kind="tcp")):
                return
        time.sleep(0.01)


def whole(received: bytes) -> bool:
    """Whether the head and the small body of an answer have come."""
    head, _, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: *([0-9]+)", head.lower())
    if length is not None:
        return len(body) >= int(length[1])
    return body.endswith(b"0\r\n\r\n") if b"chunked" in head.lower() else bool(body)


def ask(connection: socket.socket, request: bytes) -> bytes:
    """One answer with its nonce, or what came until it ended."""
    received = b""
    with suppress(ConnectionError):
        connection.sendall(request)
    while not whole(received):
        piece = b""
        with suppress(ConnectionError):
            piece = connection.recv(65536)
        if not piece:
            break
        received += piece
    return received


@contextmanager
def no_descriptor_left(service: Script) -> Iterator[None]:
    """Each process of the service may open no file, but what fills a gap; afterwards as many as before."""
    processes = service.processes()
    limits = [process.rlimit(psutil.RLIMIT_NOFILE) for process in processes]
    try:
        for process, (_, hard) in zip(processes, limits, strict=True):
            highest = max(int(file.name) for file in Path(f"/proc/{process.pid}/fd").iterdir())
            process.rlimit(psutil.RLIMIT_NOFILE, (highest + 1, hard))
        yield
    finally:
        for process, limit in zip(processes, limits, strict=True):
            with suppress(psutil.NoSuchProcess):
                process.rlimit(psutil.RLIMIT_NOFILE, limit)


# --- 4, 6, 9: fields of one name, later requests, codings beside chunked ---


def fields_of_one_name(count: int) -> list[tuple[str, str]]:
    """With Host and Connection, so many of them."""
    return [*[("X-Word", "v")] * (count - 2), CLOSE]


def fields_of_one_name_of(size: int) -> list[tuple[str, str]]:
    """With Host, so many bytes, in fields of which no one is large."""
    (name, value), close = fields_of(size)
    parts = FIELDS // 2
    share = (len(value) - (parts - 1) * (len(name) + 4)) // parts
    last = len(value) - (parts - 1) * (len(name) + 4 + share)
    return [*[(name, "v" * share)] * (parts - 1), (name, "v" * last), close]


@must("SECURITY-4b", kills="security_fields_of_one_name_at_the_limit_refused")
def test_as_many_fields_of_one_name_as_the_service_takes_are_answered(target: Target) -> None:
    service = target.shared("security_service", max_header_fields=FIELDS, max_header_size=SIZE)
    for allowed in (fields_of_one_name(FIELDS), fields_of_one_name_of(SIZE)):
        answer = service.send(raw("GET", NONCE_PATH, *allowed), "GET")
        assert answer.status == 200, answer


@must("SECURITY-4c", kills="security_fields_of_one_name_are_one")
def test_fields_of_one_name_that_were_not_joined_count_one_by_one(target: Target) -> None:
    service = target.shared("security_service", max_header_fields=FIELDS, max_header_size=SIZE)
    for refused in (fields_of_one_name(FIELDS + 1), fields_of_one_name_of(SIZE + 1)):
        answer = service.send(raw("GET", NONCE_PATH, *refused), "GET")
        assert answer.status == 431, answer


@must(
    "SECURITY-6c",
    start=Start.SCRIPT,
    kills=(
        "security_later_heads_are_waited_for",
        "security_later_heads_begun_while_idle",
    ),
)
def test_a_later_request_of_a_connection_has_no_more_time_than_its_first(exposed: Exposed) -> None:
    service = exposed.under()
    request, text = echo(word()), word()
    chunked = raw("POST", "/api/echo", JSON, CHUNKED)
    rest = {
        "nothing": b"",
        "half a line": request[:7],
        "half a head": request[:40],
        "a head that comes for ever": request[:40],
        "no body": request[: request.index(b"\r\n\r\n") + 4],
        "half a body": request[:-3],
        "half a chunk": chunked + b'9\r\n{"a"',
    }
    with ExitStack() as stack:
        waiting: dict[str, socket.socket] = {}
        for name, data in rest.items():
            connection = stack.enter_context(connect(service.address))
            connection.sendall(echo(text))
            received = b""
            while text.encode() not in received and (piece := connection.recv(65536)):
                received += piece
            assert text.encode() in received, received
            if b"connection: close" in received.lower():
                raise HarnessError("the server of run() keeps no connection: none has a later request")
            connection.sendall(data)
            connection.setblocking(False)
            waiting[name] = connection
        began = time.monotonic()
        while waiting and time.monotonic() - began < SLOW:
            time.sleep(DRIP)
            for name, connection in [*waiting.items()]:
                with suppress(BlockingIOError):
                    if ended(connection, b"v" if name.endswith("for ever") else b""):
                        del waiting[name]
        assert sorted(waiting) == [], "after an answer these are waited for"


def ended(connection: socket.socket, more: bytes) -> bool:
    """Whether the other side has closed it, to which more is sent first."""
    try:
        connection.sendall(more)
        while connection.recv(65536):
            pass
    except ConnectionError:
        return True
    return True


CODINGS = (
    "identity, chunked",
    "identity,chunked",
    "chunked, identity",
    "identity\r\nTransfer-Encoding: chunked",
    "chunked\r\nTransfer-Encoding: identity",
    "deflate, chunked",
    "chunked;q=1",
    "chunked chunked",
    '"chunked"',
    "chunke",
)


@must("SECURITY-9a", start=Start.SCRIPT, kills="security_identity_is_no_coding")
def test_a_coding_that_might_change_nothing_is_refused_as_any_other(exposed: Exposed) -> None:
    service = exposed.under()
    for coding in CODINGS:
        text = word()
        head = raw("POST", "/api/echo", JSON, ("Transfer-Encoding", coding))
        heard = wire.say(service.address, head + b"0\r\n\r\n" + echo(text))
        assert heard.statuses in ([400], [501]), f"{coding}: {heard}"
        assert heard.closed is not None, f"{coding}: {heard}"
        assert text.encode() not in heard.received, f"{coding}: {heard}"
