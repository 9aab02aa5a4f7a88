"""A target starts services, refuses those that are not what they claim, and gives everything back."""

from __future__ import annotations

import contextlib
import signal
import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psutil
import pytest

from conformance.foundation import deadline, loopback
from conformance.foundation.exceptions import (
    AnotherServer,
    ScenarioFailed,
    ServiceDied,
    ServiceHung,
    WrongFramework,
    WrongThread,
)
from conformance.target.attestation import attest
from conformance.target.exchange import Address, connect
from tests.conftest import Open
from tests.local_server import in_thread

VARIANTS = ["flask-sync", "starlette-async", "sanic-async"]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadline, "START", 0.7)


@contextlib.contextmanager
def stale_server(address: Address) -> Iterator[None]:
    """A server of another run that answers everything, also the nonce, with its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"0123456789abcdef")

        def log_message(self, format: str, *arguments: object) -> None:
            return

    with HTTPServer(address, Handler) as server, in_thread(server):
        yield


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_honest_service_is_attested(handmade: Open, variant: str) -> None:
    target = handmade(variant)
    service = target.root()
    assert service.get("/api/nonce").body == service.nonce.encode()
    assert service.dispatches > 0
    assert target.facts["versions"]
    assert target.serving_facts["server"].startswith(("werkzeug", "uvicorn", "sanic"))


def test_a_service_that_only_reads_is_shared_and_one_of_its_own_is_not(handmade: Open) -> None:
    target = handmade("flask-sync")
    assert target.shared("root") is target.shared("root")
    assert target.serve("root").pid != target.serve("root").pid


@pytest.mark.parametrize("fault", ["nonce", "second nonce", "pid"])
def test_an_answer_of_another_process_is_refused(handmade: Open, fault: str) -> None:
    target = handmade("flask-sync")
    with pytest.raises(AnotherServer):
        attest(target.serve("root", fault=fault), target.variant)


def test_a_server_left_on_the_port_is_not_taken_for_the_script(handmade: Open) -> None:
    target = handmade("flask-sync")
    address = (target.host, loopback.free_port(target.host))
    with stale_server(address), pytest.raises(AnotherServer, match="left over from another run"):
        target.script("root", address=address, host=target.host, port=address[1])


def test_an_application_of_another_framework_is_refused(handmade: Open) -> None:
    with pytest.raises(WrongFramework, match=r"starlette.applications.Starlette; the variant is about flask.app.Flask"):
        handmade("flask-sync").serve("root", fault="framework")


def test_an_application_that_its_framework_does_not_serve_is_refused(handmade: Open) -> None:
    target = handmade("flask-sync")
    with pytest.raises(WrongFramework, match=r"without a call of flask:Flask.wsgi_app"):
        attest(target.serve("root", fault="impostor"), target.variant)


def test_an_async_variant_that_runs_in_threads_is_refused(handmade: Open) -> None:
    target = handmade("starlette-async")
    with pytest.raises(WrongThread, match="sync in disguise"):
        attest(target.serve("root", fault="thread"), target.variant)


def test_a_refusal_meets_every_check_and_not_only_the_first(handmade: Open) -> None:
    target = handmade("flask-sync")
    for _ in range(2):
        with pytest.raises(WrongFramework):
            target.root(fault="impostor")


@pytest.mark.usefixtures("impatient")
def test_a_shared_service_that_did_not_start_is_not_started_again_for_the_next_check(handmade: Open) -> None:
    target = handmade("flask-sync")
    with pytest.raises(ServiceHung, match=r"root.py was not served within") as first:
        target.shared("root", fault="hang")
    before = time.monotonic()
    with pytest.raises(ServiceHung) as second:
        target.shared("root", fault="hang")
    assert time.monotonic() - before < 0.1
    assert str(second.value) == str(first.value)
    assert target.shared("root").get("/api/nonce").status == 200


@pytest.mark.usefixtures("impatient")
def test_a_service_that_never_starts_hangs(handmade: Open) -> None:
    with pytest.raises(ServiceHung, match=r"root.py was not served within 0.7 s"):
        handmade("flask-sync").serve("root", fault="hang")


def test_a_scenario_that_cannot_be_imported_says_why(handmade: Open) -> None:
    with pytest.raises(ScenarioFailed, match=r"failed at import(?s:.*)the scenario cannot be imported"):
        handmade("flask-sync").serve("root", fault="import")


def test_a_service_that_dies_before_it_serves_is_told_with_its_status(handmade: Open) -> None:
    with pytest.raises(ServiceDied, match=r"ended \(7\) before it served"):
        handmade("flask-sync").serve("root", fault="die")


def test_a_crash_in_the_middle_of_an_answer_shows_what_came(handmade: Open) -> None:
    service = handmade("flask-sync").serve("root")
    with pytest.raises(ServiceDied, match=r"no whole answer(?s:.*)the first half"):
        service.get("/api/breaks-off")
    assert service.wait() == 9


def test_an_answer_that_does_not_come_hangs(handmade: Open) -> None:
    service = handmade("flask-sync").serve("root")
    with pytest.raises(ServiceHung, match=r"No whole answer within 0.3 s"):
        service.get("/api/sleeps", seconds=0.3)


def test_a_connection_that_is_not_taken_is_the_services_fault() -> None:
    host = loopback.own_address()
    with pytest.raises(ServiceDied, match="refused"):
        connect((host, loopback.free_port(host)))
    with socket.socket() as listener, contextlib.ExitStack() as stack:
        listener.bind((host, 0))
        listener.listen(0)

        def fill() -> None:
            for _ in range(10):
                stack.enter_context(connect(listener.getsockname(), 0.2))

        with pytest.raises(ServiceHung, match=r"No whole answer within 0\.2 s"):
            fill()


def test_a_script_that_ends_at_once_is_told_with_its_output(handmade: Open) -> None:
    target = handmade("flask-sync")
    with pytest.raises(ServiceDied, match=r"exit status 1 instead of serving(?s:.*)cannot be imported"):
        target.script("root", address=(target.host, 1), fault="import")


@pytest.mark.usefixtures("impatient")
def test_a_script_that_does_not_answer_hangs(handmade: Open) -> None:
    target = handmade("flask-sync")
    with pytest.raises(ServiceHung, match=r"did not answer within 0.7 s"):
        target.script("root", address=(target.host, 1), fault="hang")


def test_a_script_receives_signals_and_tells_its_status(handmade: Open) -> None:
    target = handmade("flask-sync")
    address = (target.host, loopback.free_port(target.host))
    script = target.script("root", address=address, host=target.host, port=address[1])
    assert script.listening() == {address}
    assert not script.exited
    script.signal(signal.SIGTERM)
    assert script.wait() == -signal.SIGTERM


def test_a_probe_answers_or_raises_or_prints(handmade: Open) -> None:
    target = handmade("flask-sync")
    first, second = (target.probe("root", "probe", value=[1, "two"]).value for _ in range(2))
    assert first["value"] == [1, "two"]
    assert first["pid"] != second["pid"]
    refused = target.probe("root", "failing_probe")
    assert refused.types[0] == "builtins.ValueError"
    assert refused.message == "the probe says no"
    with pytest.raises(AssertionError, match=r"raised instead of returning(?s:.*)the probe says no"):
        _ = refused.value
    with pytest.raises(AssertionError, match="was to raise an error and returned"):
        _ = target.probe("root", "probe", value=1).types
    assert target.probe("root", "printing_probe").value is None


@pytest.mark.parametrize("variant", VARIANTS)
def test_closing_a_target_leaves_no_process_and_no_folder(handmade: Open, variant: str) -> None:
    target = handmade(variant)
    address = (target.host, loopback.free_port(target.host))
    target.serve("root")
    target.script("root", address=address, host=target.host, port=address[1])
    agent = psutil.Process(target.agent.pid)
    family = [agent, *agent.children(recursive=True)]
    assert len(family) >= 3
    target.close()
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert not target.folder.exists()


def test_closing_a_target_removes_what_a_service_left_among_the_temporary_files(handmade: Open) -> None:
    target = handmade("flask-sync")
    left = Path(target.probe("root", "leaving_probe").value)
    assert left.exists()
    target.close()
    assert not left.exists()


def test_killing_the_agent_kills_its_services(handmade: Open) -> None:
    target = handmade("flask-sync")
    target.serve("root")
    agent = psutil.Process(target.agent.pid)
    children = agent.children(recursive=True)
    assert children
    agent.kill()
    assert psutil.wait_procs(children, timeout=5)[1] == []


def test_a_service_that_is_ended_takes_its_children_along(handmade: Open) -> None:
    target = handmade("flask-sync")
    service = target.serve("root")
    target.end_owned()
    assert not psutil.pid_exists(service.pid)


@pytest.mark.parametrize("variant", VARIANTS)
def test_where_there_is_no_fork_a_service_is_spawned(
    handmade: Open, variant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONFORMANCE_SPAWN", "1")
    target = handmade(variant)
    service = target.root()
    assert service.get("/api/nonce").body == service.nonce.encode()
    command = psutil.Process(service.pid).cmdline()
    assert "live" in command
