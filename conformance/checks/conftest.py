"""Fixtures that checks of several chapters share: records of runs, and the running services that checks of SECURITY
send requests to.

A variant has fifteen runs, two more where the user may run the application, two or three where gunicorn does.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import suppress

import psutil
import pytest

from conformance.checks.client_probe import Clients
from conformance.checks.malformed_requests import MALFORMED, secret, sent
from conformance.checks.raw_requests import answered
from conformance.checks.script_run import Life, recording, recording_under
from conformance.checks.security_launches import Exposed
from conformance.contract.backend import Capability
from conformance.contract.client_library import ClientLibrary
from conformance.foundation import loopback, seeded_random
from conformance.foundation.deadline import START, STOP, Deadline
from conformance.foundation.exceptions import ServiceDied, ServiceHung
from conformance.foundation.loopback import LOCALHOST
from conformance.target.exchange import Address
from conformance.target.service import NONCE_PATH
from conformance.target.target import Target

CONSOLE = (
    "/console",
    "/?__debugger__=yes&cmd=resource&f=debugger.js",
    "/api/crash?__debugger__=yes&cmd=resource&f=style.css",
)
EXITING = ("/api/exits", "/api/exits_plainly")  # endpoints that call sys.exit()
LAST_WORDS_SECONDS = 4.0  # for a service that has answered although a startup hook fails to say so and to end
LEFT_SECONDS = 0.2  # for a shutdown hook that does not wait for a request whose client has left
CUT_SECONDS = 8.0  # for an end a second after the signal; a request that is not cut would take longer


def host_headers() -> tuple[str, ...]:
    """Host headers that at_every_address sends, the same all through a run."""
    return "example.com", "127.0.0.1", "[::1]:1", f"h{seeded_random.of('host_headers').getrandbits(32):08x}.invalid:81"


def ipv4_addresses(target: Target) -> list[str]:
    """IPv4 addresses of this machine: those of its interfaces that can be listened at, and the target's own."""
    found = {
        address.address
        for entry in psutil.net_if_addrs().values()
        for address in entry
        if address.family == socket.AF_INET
    }
    return [target.host, *sorted(address for address in found - {target.host} if loopback.is_free(address, 0))]


@pytest.fixture(scope="session")
def interrupted(target: Target) -> Life:
    """Run of what the page documents: in development, without a host, on a port of its own.

    Its first startup hook is held, and SIGINT comes first to what serves.
    """
    port = loopback.free_port(LOCALHOST)
    with recording(target, (LOCALHOST, port), port=port, documented="1", hold="1") as life:
        life.knock_while_held()
        life.until_ready()
        life.ask(NONCE_PATH, "/api/debug", "/api/stack")
        life.look()
        life.end_serving_by(signal.SIGINT)
    return life.written()


@pytest.fixture(scope="session")
def in_development(target: Target) -> Life:
    """Run in development, without a host, on a port of its own, with a secret in its environment.

    Answers requests, malformed ones too, and is stopped by SIGINT.
    """
    port = loopback.free_port(LOCALHOST)
    with recording(target, (LOCALHOST, port), port=port, secret=secret()) as life:
        life.until_ready()
        life.follow_its_url()
        life.ask("/api/debug", "/api/reloads", "/api/crash", "/api/stack", "/api/parameter", *CONSOLE)
        life.swap()
        for number, (method, data) in enumerate(sent("/api/nonce")):
            if answer := answered(life.script, data, method):
                life.answers[f"{MALFORMED}{number}"] = answer
        life.look()
        life.end_by(signal.SIGINT)
    return life.written()


@pytest.fixture(scope="session")
def in_production(target: Target) -> Life:
    """Run in production, with the hooks that the page documents; stopped by SIGTERM.

    A request is in flight then. On an asynchronous variant it is one of a plain endpoint, whose client has left.
    """
    address = (target.host, loopback.free_port(target.host))
    settings = {"production": "1", "documented": "1"}
    with recording(target, address, host=address[0], port=address[1], **settings) as life:
        life.until_ready()
        life.ask("/api/debug", NONCE_PATH)
        life.look()
        if target.variant.asynchronous:
            life.leave("/api/left_plainly", "left plainly begins")
            life.script.signal(signal.SIGTERM)
            life.until_written("shutdown-2", LEFT_SECONDS)
            life.release("release-left")
        else:
            life.stop_in_flight("/api/slow", signal.SIGTERM)
        life.until_ended(STOP)
    return life.written()


@pytest.fixture(scope="session")
def at_its_default_port(target: Target) -> Life:
    """Run of what the page documents, with an IPv4 address as host and no port; SIGTERM comes first to what serves."""
    address = (target.host, target.backend.default_port)
    with loopback.turn(*address), recording(target, address, host=target.host, documented="1") as life:
        life.until_ready()
        life.look()
        life.follow_its_url()
        life.end_serving_by(signal.SIGTERM)
    return life.written()


@pytest.fixture(scope="session")
def ended_at_once(target: Target) -> Life:
    """Run with a name as host; its first startup hook is held, and SIGTERM follows the first answer."""
    port = loopback.free_port(LOCALHOST)
    with recording(target, ("localhost", port), host="localhost", port=port, hold="1") as life:
        life.knock_while_held()
        life.until_listening()
        life.until_ready()
        life.end_by(signal.SIGTERM)
    return life.written()


@pytest.fixture(scope="session")
def interrupted_at_once(target: Target) -> Life:
    """Run with a configuration of the user's own, on which SIGINT follows the first answer at once."""
    port = loopback.free_port(target.host)
    with recording(target, (target.host, port), host=target.host, port=port, configuration="1") as life:
        life.until_ready()
        life.end_by(signal.SIGINT)
    return life.written()


@pytest.fixture(scope="session")
def at_an_ipv6_address(target: Target) -> Life:
    """Run with an IPv6 address as host, where this machine has one.

    Endpoints exit, and at SIGTERM two shutdown hooks do.
    """
    host = "::1" if socket.has_ipv6 and loopback.is_free("::1", 0) else target.host
    port = loopback.free_port(host)
    with recording(target, (host, port), host=host, port=port, exits="shutdown") as life:
        life.until_ready()
        life.look()
        life.ask_although(*EXITING)
        life.end_by(signal.SIGTERM)
    return life.written()


@pytest.fixture(scope="session")
def at_every_address(target: Target) -> Life:
    """Run with 0.0.0.0 as host; its answers are kept by the address asked, or by the Host header of the request.

    Clients leave in the middle of requests, and a shutdown hook fails at SIGTERM.
    """
    port = loopback.free_port("0.0.0.0")
    settings = {"documented": "1", "fails": "shutdown"}
    with recording(target, (target.host, port), host="0.0.0.0", port=port, **settings) as life:
        life.until_ready()
        life.ask_at(*ipv4_addresses(target))
        life.follow_its_url()
        life.ask_by(*host_headers())
        life.cut("/api/slow")
        life.end_by(signal.SIGTERM)
    return life.written()


@pytest.fixture(scope="session")
def failing_to_start(target: Target) -> Life:
    """Run whose second startup hook raises, after the first was held for a while.

    It is sent requests until it has ended, or answers.
    """
    port = loopback.free_port(target.host)
    with recording(target, (target.host, port), host=target.host, port=port, hold="1", fails="startup") as life:
        life.knock_while_held()
        until = Deadline.after(START)
        while not (life.script.ended_within(0.005) or life.answers or until.passed):  # an answer has told enough
            life.knock("after the failure")
        life.until_ended(LAST_WORDS_SECONDS)
    return life.written()


@pytest.fixture(scope="session")
def exiting_to_start(target: Target) -> Life:
    """Run whose second startup hook exits; it is sent requests until it has ended, or answers."""
    port = loopback.free_port(target.host)
    with recording(target, (target.host, port), host=target.host, port=port, exits="startup") as life:
        until = Deadline.after(START)
        while not (life.script.ended_within(0.02) or life.answers or until.passed):
            life.knock("after the exit")
        life.until_ended(LAST_WORDS_SECONDS)
    return life.written()


@pytest.fixture(scope="session")
def refused_the_default_port(target: Target) -> Life:
    """Run without a port, while the default port of its host is taken."""
    address = (target.host, target.backend.default_port)
    with loopback.turn(*address):
        return refused(target, address, host=target.host)


@pytest.fixture(scope="session")
def refused_its_port(target: Target) -> Life:
    """Run with a port that is taken."""
    address = (target.host, loopback.free_port(target.host))
    return refused(target, address, host=target.host, port=str(address[1]))


def refused(target: Target, address: Address, **settings: str) -> Life:
    """Start a run while a socket of ours listens at its address; it is over when it ends, or listens elsewhere."""
    with socket.create_server(address), recording(target, address, **settings) as life:
        life.until_listening()
    return life.written()


@pytest.fixture(scope="session")
def with_parameters(target: Target) -> Life:
    """Run with parameters of the framework given to `run()`, and an IPv4 address as host.

    SIGTERM comes while a request is in flight that goes on for a while; on an asynchronous variant there is another
    one, longer still, whose client has left.
    """
    address = (target.host, loopback.free_port(target.host))
    with recording(target, address, host=address[0], port=address[1], run="with parameters") as life:
        life.until_ready()
        life.ask("/api/parameter")
        with suppress(ServiceDied, ServiceHung):
            life.answers["kept alive"] = life.script.get(NONCE_PATH, headers=[("Connection", "keep-alive")])
        life.look()
        if target.variant.asynchronous:
            life.leave("/api/left", "left begins")
        life.stop_in_flight("/api/slow", signal.SIGTERM)
        if target.variant.asynchronous:
            life.until_written("shutdown-2", LEFT_SECONDS)
            life.release("release-left")
        life.until_ended(STOP)
    return life.written()


@pytest.fixture(scope="session")
def cut_off(target: Target) -> Life:
    """Run with a `graceful_timeout` of a second, less than a request in flight takes at SIGTERM.

    On an asynchronous variant there is another such request, whose client has left.
    """
    address = (target.host, loopback.free_port(target.host))
    with recording(target, address, host=address[0], port=address[1], graceful_timeout="1") as life:
        life.until_ready()
        if target.variant.asynchronous:
            life.leave("/api/left", "left begins")
        with life.in_flight("/api/slow"):
            life.script.signal(signal.SIGTERM)
            life.until_ended(CUT_SECONDS)
    return life.written()


@pytest.fixture(scope="session")
def refused_a_parameter(target: Target) -> Life:
    """Run with a parameter for `run()` that no framework knows; it is over when it ends, or listens."""
    address = (target.host, loopback.free_port(target.host))
    with recording(target, address, host=address[0], port=address[1], run="with an unknown one") as life:
        life.until_listening()
    return life.written()


@pytest.fixture(scope="session")
def run_by_itself(target: Target) -> Life:
    """Run by the framework's own `run`, with its parameters and the hooks that the page documents; stopped by
    SIGTERM."""
    return itself(target, documented="1")


@pytest.fixture(scope="session")
def run_by_itself_with_a_handler(target: Target) -> Life:
    """Run by the framework's own `run`, after the user has set a handler of SIGTERM that ends the program.

    Requests come while the first startup hook is held.
    """
    return itself(target, handler="1", hold="1")


def itself(target: Target, **settings: str) -> Life:
    """Run the application as the framework's users do, at an address that the service does not know of.

    It is in production, because `Flask.run()` starts a reloader in debug mode.
    """
    host, port = target.host, loopback.free_port(target.host)
    settings = {"run": "by itself", "at_host": host, "at_port": str(port), "production": "1", **settings}
    with recording(target, (host, port), **settings) as life:
        if "hold" in settings:
            life.crowd_while_held()
        else:
            life.until_ready()
        life.ask("/api/parameter", "/api/handler", NONCE_PATH)
        life.look()
        if target.variant.can(Capability.WORKER_PROCESS) and "handler" not in settings:  # its parent hangs before
            life.until_noted("acknowledged")
        life.ask_although(*EXITING)
        if target.variant.can(Capability.MAIN_THREAD) and "handler" not in settings:  # where the endpoint runs too
            life.end_in_flight("/api/slow_and_plain", signal.SIGTERM)
        else:
            life.end_by(signal.SIGTERM)
    return life.written()


WORKERS = 2

# Gunicorn's workers for each of the two kinds of application, and whether it loads the application before it forks.
DEPLOYMENTS: dict[str, dict[str, list[str]]] = {
    "threaded": {
        "sync, preloaded": ["--worker-class", "sync", "--preload"],
        "gthread": ["--worker-class", "gthread", "--threads", "4"],
        "gevent, preloaded": ["--worker-class", "gevent", "--preload"],
    },
    "asynchronous": {
        "Uvicorn, preloaded": ["--worker-class", "uvicorn.workers.UvicornWorker", "--preload"],
        "Uvicorn's own package": ["--worker-class", "uvicorn_worker.UvicornWorker"],
    },
}


@pytest.fixture(scope="session")
def under_gunicorn(target: Target) -> dict[str, Life]:
    """Runs under gunicorn, one for each kind of its workers that suits the application; SIGTERM goes to the arbiter."""
    deployments = DEPLOYMENTS[target.variant.server_kind]
    return {name: deployed(target, arguments) for name, arguments in deployments.items()}


def deployed(target: Target, arguments: list[str]) -> Life:
    """Start gunicorn with these arguments, let each worker answer, and stop it.

    Requests come while the first startup hook is held.
    """
    host, port = target.host, loopback.free_port(target.host)
    bind = ["--bind", f"{host}:{port}", "--workers", str(WORKERS), "--no-control-socket"]
    server = ["gunicorn", *bind, *arguments, "hook_journal:app"]
    with recording_under(target, server, (host, port), hold="1") as life:
        life.crowd_while_held()
        life.ask_every_worker(WORKERS)
        life.swap()
        life.look()
        life.ask_although(*EXITING)
        life.end_by(signal.SIGTERM)
    return life.written()


@pytest.fixture(scope="session")
def exposed(target: Target) -> Iterator[Exposed]:
    """The scenario security_service.py under `run()` and under external servers, started as checks ask for it."""
    exposed = Exposed(target)
    try:
        yield exposed
    finally:
        exposed.end()


@pytest.fixture
def clients(target: Target, client_library: ClientLibrary) -> Clients:
    """Clients over each library that the variant judges, a case for each."""
    return Clients(target, client_library)
