"""SERVICE: which addresses `run()` binds, what it does at a busy port, and debug mode under it.

All of it is read from the lives of conftest.py.
"""

from __future__ import annotations

import re
import socket

import pytest

from conformance.checks.conftest import CONSOLE, host_headers, ipv4_addresses
from conformance.checks.result import spoken
from conformance.checks.script_run import Life
from conformance.contract.backend import Capability
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.foundation import loopback
from conformance.foundation.exceptions import HarnessError
from conformance.foundation.loopback import LOCALHOST
from conformance.target.target import Target


def hosts(life: Life) -> set[str]:
    return {host for host, _ in life.listening}


def ports(life: Life) -> set[int]:
    return {port for _, port in life.listening}


@must("SERVICE-9", start=Start.SCRIPT, kills="service_every_interface_bound")
def test_the_default_host_is_127_0_0_1_and_nothing_else_is_bound(interrupted: Life) -> None:
    assert hosts(interrupted) == {LOCALHOST}


@must("SERVICE-10", start=Start.SCRIPT, kills="service_every_interface_bound")
def test_an_ipv4_address_is_the_only_one_bound(at_its_default_port: Life, target: Target) -> None:
    assert hosts(at_its_default_port) == {target.host}


@must("SERVICE-10b", start=Start.SCRIPT, kills="service_every_interface_bound")
def test_an_ipv6_address_is_the_only_one_bound(at_an_ipv6_address: Life) -> None:
    if at_an_ipv6_address.address[0] != "::1":
        raise HarnessError("this machine has no ::1")
    assert hosts(at_an_ipv6_address) == {"::1"}


@must("SERVICE-10b", start=Start.SCRIPT, kills="service_every_interface_bound")
def test_a_name_binds_what_it_resolves_to_and_nothing_else(ended_at_once: Life) -> None:
    resolved = {str(entry[4][0]) for entry in socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)}
    existing = {address for address in resolved if loopback.is_free(address, 0)}
    assert existing != set()
    assert hosts(ended_at_once) == existing


@must("SERVICE-11", start=Start.SCRIPT, kills="service_public_host_is_local")
def test_at_0_0_0_0_the_service_listens_at_every_address(at_every_address: Life, target: Target) -> None:
    addresses = ipv4_addresses(target)
    assert [address for address in addresses if address not in at_every_address.answers] == [], at_every_address.output
    for address in addresses:
        assert spoken(at_every_address.answers[address]) == at_every_address.nonce


@must("SERVICE-11b", start=Start.SCRIPT, kills="service_host_names_refused")
def test_at_0_0_0_0_a_request_is_answered_whatever_its_host_header(at_every_address: Life) -> None:
    for host in host_headers():
        answer = at_every_address.answers[host]
        assert answer.status == 200, str(answer)
        assert answer.text == at_every_address.nonce, str(answer)


@must("SERVICE-12", start=Start.SCRIPT, kills="service_port_8000_everywhere")
def test_the_default_port_is_the_frameworks_own(at_its_default_port: Life, target: Target) -> None:
    assert ports(at_its_default_port) == {target.backend.default_port}


@must("SERVICE-13", start=Start.SCRIPT, kills=("service_explicit_port_forgotten", "run_listens_on_a_second_port"))
def test_an_explicit_port_is_the_one_used(interrupted: Life) -> None:
    assert ports(interrupted) == {interrupted.address[1]}


@pytest.fixture
def refusal(request: pytest.FixtureRequest, target: Target) -> Life:
    """One of the lives that end at a busy port, by its name."""
    found: Life = request.getfixturevalue(request.param)
    return found


BUSY = pytest.mark.parametrize(
    "refusal", ["refused_the_default_port", "refused_its_port"], indirect=True, ids=["default port", "explicit port"]
)


@must("SERVICE-14", start=Start.SCRIPT, kills=("service_next_port_when_busy", "service_hooks_before_the_address"))
@BUSY
def test_a_busy_port_ends_run_before_any_startup_hook(refusal: Life) -> None:
    assert refusal.exit_status not in (0, None), refusal.output
    assert refusal.events == ()


@must("SERVICE-14", start=Start.SCRIPT, kills="service_busy_port_unnamed")
@BUSY
def test_a_busy_port_is_named_with_its_host(refusal: Life) -> None:
    host, port = refusal.address
    said = [line for line in refusal.output.splitlines() if host in line and "://" not in line]
    assert str(port) in "\n".join(said), refusal.output


@must("SERVICE-14", start=Start.SCRIPT, kills="service_next_port_when_busy")
@BUSY
def test_no_other_port_is_tried(refusal: Life) -> None:
    assert refusal.listening == frozenset()


@must("SERVICE-7", "SERVICE-7b", start=Start.SCRIPT, kills="service_debug_left_alone")
def test_the_debug_flag_holds_under_run(interrupted: Life, in_production: Life) -> None:
    assert spoken(interrupted.answers["/api/debug"]) == "True"
    assert spoken(in_production.answers["/api/debug"]) == "False"


@must("SERVICE-21", start=Start.SCRIPT, kills="service_debug_as_flask_has_it")
def test_debug_starts_no_reloader(in_development: Life, variant: Variant) -> None:
    assert in_development.answers["/api/reloads"].json() == {"reloads": False}
    assert len(in_development.pids("request")) == 1
    if not variant.can(Capability.WORKER_PROCESS):  # what it reloads was asked above
        assert in_development.processes == 1
        assert in_development.pids("request") == {in_development.pid}


@must("SERVICE-21", start=Start.SCRIPT, kills="service_debug_as_flask_has_it")
@pytest.mark.parametrize("path", [*CONSOLE, "/api/crash"])
def test_debug_opens_no_console(in_development: Life, path: str) -> None:
    answer = in_development.answers[path]
    shown = answer.body.decode(errors="replace").lower()
    for sent in re.split("[?&]", path.lower()):  # an answer may quote the path
        shown = shown.replace(sent, "")
    assert "debugger" not in shown, str(answer)
