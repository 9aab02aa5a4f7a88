"""The lives of diary.py that checks of several chapters read: eight launches a variant."""

from __future__ import annotations

import secrets
import signal
import socket
import time

import pytest

from conformance import loopback
from conformance.checks.life import Life, recording
from conformance.deadline import START, Deadline
from conformance.exchange import Address
from conformance.loopback import LOCALHOST
from conformance.service import NONCE_PATH
from conformance.target import Target

CONSOLE = (
    "/console",
    "/?__debugger__=yes&cmd=resource&f=debugger.js",
    "/api/crash?__debugger__=yes&cmd=resource&f=style.css",
)
HOSTS = ("example.com", "127.0.0.1", "[::1]:1", f"h{secrets.token_hex(4)}.invalid:81")


@pytest.fixture(scope="session")
def in_development(target: Target) -> Life:
    """No host, a port of its own, production unset; SIGINT after some requests."""
    port = loopback.free_port(LOCALHOST)
    with recording(target, (LOCALHOST, port), port=port) as life:
        life.until_ready()
        life.ask("/api/debug", "/api/reloads", "/api/crash", *CONSOLE)
        life.look()
        life.end_by(signal.SIGINT)
    return life.written()


@pytest.fixture(scope="session")
def in_production(target: Target) -> Life:
    """An IPv4 address as host, no port, in production; a shutdown hook fails at SIGTERM."""
    address = (target.host, target.backend.default_port)
    with (
        loopback.turn(*address),
        recording(target, address, host=target.host, production="1", fails="shutdown") as life,
    ):
        life.until_ready()
        life.ask("/api/debug")
        life.look()
        life.end_by(signal.SIGTERM)
    return life.written()


@pytest.fixture(scope="session")
def ended_at_once(target: Target) -> Life:
    """A name as host; its first startup hook is held for a while; SIGTERM follows the first answer at once."""
    port = loopback.free_port(LOCALHOST)
    with recording(target, ("localhost", port), host="localhost", port=port, hold="1") as life:
        life.knock_while_held()
        life.until_listening()
        life.until_ready()
        life.end_by(signal.SIGTERM)
    return life.written()


@pytest.fixture(scope="session")
def interrupted_at_once(target: Target) -> Life:
    """An IPv6 address as host, where this machine has one; SIGINT follows the first answer at once."""
    host = "::1" if socket.has_ipv6 and loopback.is_free("::1", 0) else target.host
    port = loopback.free_port(host)
    with recording(target, (host, port), host=host, port=port) as life:
        life.until_listening()
        life.until_ready()
        life.end_by(signal.SIGINT)
    return life.written()


@pytest.fixture(scope="session")
def at_every_address(target: Target) -> Life:
    """0.0.0.0 as host; its answers are kept by the Host header they were asked with."""
    port = loopback.free_port("0.0.0.0")
    with recording(target, (target.host, port), host="0.0.0.0", port=port) as life:
        life.until_ready()
        for host in HOSTS:
            life.answers[host] = life.script.get(NONCE_PATH, headers=[("Host", host)])
        life.look()
    return life.written()


@pytest.fixture(scope="session")
def failing_to_start(target: Target) -> Life:
    """Its second startup hook raises, after the first was held for a while; asked until it has ended."""
    port = loopback.free_port(target.host)
    with recording(target, (target.host, port), host=target.host, port=port, hold="1", fails="startup") as life:
        life.knock_while_held()
        until = Deadline.after(START)
        while not (life.script.exited or until.passed):
            life.knock("after the failure")
    return life.written()


@pytest.fixture(scope="session")
def refused_the_default_port(target: Target) -> Life:
    """The default port of its host is taken."""
    address = (target.host, target.backend.default_port)
    with loopback.turn(*address):
        return refused(target, address, host=target.host)


@pytest.fixture(scope="session")
def refused_its_port(target: Target) -> Life:
    """The port it is given is taken."""
    address = (target.host, loopback.free_port(target.host))
    return refused(target, address, host=target.host, port=str(address[1]))


def refused(target: Target, address: Address, **settings: str) -> Life:
    """Launch it while a socket of ours listens at its address; whatever it listens on until its end is written down."""
    with socket.create_server(address), recording(target, address, **settings) as life:
        until = Deadline.after(START)
        while not (life.script.exited or until.passed):
            life.look()
            time.sleep(0.05)
    return life.written()
