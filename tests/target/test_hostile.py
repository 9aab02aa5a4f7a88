"""What is judged means harm: the harness says so in a line, stays alive, and publishes nothing that it was led to."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from conformance.evidence.records import observed
from conformance.foundation import loopback
from conformance.foundation.exceptions import (
    AgentDied,
    AnswerTooLong,
    FalseReport,
    ScenarioFailed,
    ServiceDied,
    ServiceHung,
)
from conformance.target import exchange
from conformance.target.exchange import Address, send
from conformance.target.target import Target
from tests.conftest import FAKES, Open
from tests.plugin.test_run import judge, run, token

__all__ = ["token"]

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
HARMFUL = ("\x1b", "\x07", "\x85", "\u2028", "\r", "\n::", "##[")


@pytest.fixture
def target(handmade: Open) -> Target:
    return handmade("flask-sync")


@contextmanager
def raw(answer: str, drip: float = 0.0) -> Iterator[Address]:
    """A server that sends one connection these bytes again and again."""

    def serve() -> None:
        with contextlib.suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                while True:
                    connection.sendall(answer.encode("latin-1"))
                    time.sleep(drip)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(10)
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()
        thread.join()


def harmless(text: str) -> None:
    assert [each for each in HARMFUL if each in f"\n{text}"] == []


def test_a_run_prints_nothing_that_acts_on_a_terminal_or_on_a_log(token: str, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    options = ("--implementation", str(FAKES / "escapes.toml"), "--requirement", "ROUTE-3a", "-rA", "-l", "-n", "1")
    code, output = judge(token, report, *options)
    assert code == 1, output
    assert r"\x1b]0;title\x07" in output
    harmless(output)
    for command in (("matrix", "show"), ("matrix", "divergences")):
        code, output = run(token, *command, str(report))
        assert code == 0, output
        harmless(output)


def test_an_endless_answer_is_cut_off(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_BYTES", 1_000_000)
    service = target.serve("hostile")
    with pytest.raises(AnswerTooLong, match="and no end of them") as fault:
        service.get("/api/endless")
    assert len(str(fault.value)) < 10_000
    assert target.trace.exchanges[-1].status == 0
    assert service.get("/api/nonce").status == 200


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("HTTP/1.1 200 OK\r\nX-Long: " + "x" * 200_000, "no whole answer"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\n", "no whole answer"),
        ("\x1b]0;title\x07" * 1000, "no whole answer"),
    ],
    ids=["header", "chunk", "no HTTP"],
)
def test_what_is_no_answer_is_a_dead_service(answer: str, said: str) -> None:
    with raw(answer) as address, pytest.raises(ServiceDied, match=said) as fault:
        send(address, REQUEST, "GET", seconds=5)
    harmless(str(fault.value))


def test_an_answer_that_drips_takes_no_longer_than_its_deadline() -> None:
    before = time.monotonic()
    with raw("HTTP/1.1 200 OK\r\n\r\n", drip=0.0002) as address, pytest.raises(ServiceHung):
        send(address, REQUEST, "GET", seconds=0.5)
    assert time.monotonic() - before < 5


def test_what_is_answered_and_printed_is_shown_without_its_escapes(target: Target) -> None:
    service = target.serve("hostile")
    answer = service.get("/api/escapes")
    harmless(str(answer))
    assert r"\x1b]0;title\x07\u2028\x85" in str(answer)
    assert "\x1b]0;" in service.log_tail, "evidence holds what was written"


@pytest.mark.parametrize(
    "lines",
    [
        "\x1b[31mno JSON\n",
        '{"id": 1, "event": "exited", "status": 0}\n',
        '{"event": "answered"}\n',
        '{"event": "serving", "pid": "1"}\n',
        "[]\n",
        "3\n",
        "[" * 100_000 + "\n",
    ],
    ids=["no JSON", "an event of the agent", "no value", "no address", "no object", "a number", "nested"],
)
def test_what_no_service_reports_is_not_believed(target: Target, lines: str) -> None:
    with pytest.raises(FalseReport, match="is no report of one") as fault:
        target.probe("hostile", "lie", lines=lines)
    harmless(str(fault.value))
    assert target.probe("root", "probe", value=1).value["value"] == 1


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("report_endlessly", {"size": 10 * 1024 * 1024}),
        ("lie", {"lines": '{"event": "failed"}\n', "times": 1000}),
    ],
    ids=["without a line's end", "again and again"],
)
def test_reports_without_an_end_are_cut_off(target: Target, function: str, arguments: dict[str, object]) -> None:
    with pytest.raises(FalseReport):
        target.probe("hostile", function, **arguments)
    assert target.probe("root", "probe", value=1).value["value"] == 1


def test_a_service_reports_of_itself_alone(target: Target) -> None:
    service = target.serve("root")
    lines = f'{{"id": {service.identifier}, "event": "answered", "value": 1}}\n'
    answer = target.probe("hostile", "lie", lines=lines)
    assert answer.value == 1, "what it says of itself is its own"
    assert service.get("/api/nonce").status == 200
    assert not service.exited


def test_of_an_output_without_an_end_the_tail_is_read(target: Target) -> None:
    size = 4 * 1024**3  # of which the file system keeps nothing
    assert target.probe("hostile", "fill_output", size=size).value == size
    service = target.trace.touched[-1]
    assert service.log_tail.endswith("the end of it")
    assert len(service.log_tail) < 10_000
    assert len(service.output) <= 16 * 1024 * 1024


@pytest.mark.parametrize("kind", ["link", "FIFO", "folder"])
def test_what_lies_in_place_of_the_output_is_not_read(target: Target, tmp_path: Path, kind: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret of the machine")
    answer = target.probe("hostile", "replace_output", kind=kind, target=str(secret))
    assert answer.message == "look at my output"
    service = target.trace.touched[-1]
    assert service.log_tail == service.output == ""


@pytest.mark.parametrize("garbage", ["\x1b[31m", "3", '{"no": "event"}', "[" * 100_000, '{"event": 3}'])
def test_garbage_among_events_is_the_scenarios_fault(target: Target, garbage: str) -> None:
    address = (target.host, loopback.free_port(target.host))
    script = target.script("hostile", address=address, wait=False, garbage=garbage)
    assert script.wait() == 0
    with pytest.raises(ScenarioFailed, match=r"Line 2 of what hostile.py wrote down is no event") as fault:
        script.events()
    harmless(str(fault.value))
    [kept] = observed(target.trace, passed=False)["events"]
    assert kept["events"] == [{"event": "unreadable", "why": str(fault.value)}]


def test_whoever_kills_the_agent_leaves_nothing_learned(target: Target) -> None:
    for _ in range(2):
        with pytest.raises(AgentDied):
            target.probe("hostile", "kill_agent")


def test_a_process_that_has_left_its_group_ends_with_its_service(target: Target, tmp_path: Path) -> None:
    if not os.path.exists(f"/proc/self/task/{os.getpid()}/children"):
        pytest.skip("the system does not tell whose parent a process is")
    other = target.serve("root")
    file = tmp_path / "pid"
    assert target.probe("hostile", "daemonise", file=str(file)).value == "done"
    assert not psutil.pid_exists(int(file.read_text()))
    assert other.get("/api/nonce").status == 200
