"""REQUEST: which address a request comes from, behind a proxy and with headers that claim another (SECURITY-19)."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from conformance.checks.security_launches import Exposed
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation import seeded_random
from conformance.target.service import Respondent, Service
from conformance.target.target import Target

CLASSES = {4: "ipaddress.IPv4Address", 6: "ipaddress.IPv6Address"}
PROXIES = "127.0.0.0/8,203.0.113.0/24,2001:db8:7::/48"


@pytest.fixture
def asked(target: Target) -> Service:
    """The scenario of addresses, which trusts the proxies that a service trusts by default."""
    return target.shared("request_address")


@pytest.fixture
def trusting(target: Target) -> Service:
    """The same, which trusts PROXIES."""
    return target.shared("request_address", trusted_proxies=PROXIES)


@pytest.fixture
def suspicious(target: Target) -> Service:
    """The same, which does not trust this machine."""
    return target.shared("request_address", trusted_proxies="203.0.113.0/24")


def ipv4() -> str:
    """A random address that is none of PROXIES."""
    return f"198.51.100.{seeded_random.below(255)}"


def ipv6() -> str:
    """A random address of IPv6 that is none of PROXIES."""
    return f"2001:db8::{1 + seeded_random.below(9999):x}"


def proxy() -> str:
    """A random address of PROXIES, beyond this machine."""
    return f"203.0.113.{seeded_random.below(255)}"


def address(service: Respondent, *fields: tuple[str, str]) -> str:
    """The address that the service is told, with these header fields."""
    answer = service.get("/api/address", headers=fields)
    assert answer.status == 200, str(answer)
    return str(answer.members()["address"])


def forwarded(*hops: str) -> tuple[str, str]:
    return "X-Forwarded-For", ", ".join(hops)


def is_loopback(text: str) -> bool:
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


@must("API-g23", kills="api_address_is_a_text")
def test_an_address_is_an_object_of_ipaddress(asked: Service) -> None:
    answer = asked.get("/api/address")
    assert answer.status == 200, str(answer)
    found = answer.members()
    assert found["class"] in CLASSES.values(), str(found)
    assert found["class"] == CLASSES[ip_address(found["address"]).version], str(found)


@must("REQUEST-g28", kills="request_address_of_the_proxy")
def test_behind_a_proxy_the_address_is_the_clients(asked: Service) -> None:
    for client in (ipv4(), ipv6(), ipv4()):
        assert address(asked, forwarded(client)) == client


@must("REQUEST-1d", kills=("request_address_of_the_proxy", "security_address_left_most"))
def test_the_address_is_the_right_most_that_is_no_trusted_proxys(asked: Service, trusting: Service) -> None:
    assert is_loopback(address(asked)) is True
    for service in (asked, trusting):
        for client in (ipv4(), ipv6()):
            assert address(service, forwarded(client)) == client
            assert address(service, forwarded(ipv4(), client)) == client
            assert address(service, forwarded(ipv4()), forwarded(client)) == client
        client = ipv4()
        assert address(service, forwarded(f"{client}:{seeded_random.below(65536)}")) == client
        client = ipv6()
        assert address(service, forwarded(f"[{client}]:{seeded_random.below(65536)}")) == client


@must("REQUEST-1d", kills=("request_proxies_of_this_machine_alone", "request_trusted_chain_is_the_peer"))
def test_the_proxies_that_the_service_names_are_trusted(trusting: Service, asked: Service) -> None:
    for client in (ipv4(), ipv6()):
        inner, other = proxy(), f"2001:db8:7::{1 + seeded_random.below(9999):x}"
        assert address(trusting, forwarded(ipv4(), client, inner, other)) == client
        assert address(asked, forwarded(client, inner)) == inner
    first, second = proxy(), proxy()
    assert address(trusting, forwarded(first, second)) == first


@must("REQUEST-1d", kills=("request_networks_in_ipv6_unknown", "request_address_stays_in_ipv6"))
def test_an_address_of_ipv4_in_ipv6_is_that_of_ipv4(target: Target, asked: Service) -> None:
    client, inner, other = ipv4(), proxy(), proxy()
    hops = forwarded(ipv4(), f"::ffff:{client}", inner, f"::ffff:{other}")
    for proxies in (
        "::ffff:127.0.0.1,::ffff:203.0.113.0/120",
        f"127.0.0.1,::ffff:{inner},::ffff:{other}",
        "::ffff:7f00:0/104,203.0.113.0/24",
    ):
        service = target.shared("request_address", trusted_proxies=proxies)
        assert address(service, hops) == client, proxies
        assert address(service, forwarded(ipv4(), client, "::ffff:203.0.112.9")) == "203.0.112.9", proxies
    assert address(asked, forwarded(f"::ffff:{client}")) == client


@must("SECURITY-19a", kills=("security_address_left_most", "security_address_of_any_peer"))
def test_a_header_of_a_peer_that_is_not_trusted_changes_nothing(suspicious: Service, asked: Service) -> None:
    for hops in ([ipv4()], [proxy()], [ipv4(), proxy()], ["127.0.0.1"]):
        assert is_loopback(address(suspicious, forwarded(*hops))) is True, hops
    for forged in (ipv4(), "127.0.0.1", "::1", "localhost", ""):
        client = ipv4()
        assert address(asked, forwarded(forged, client)) == client, forged
        assert address(asked, forwarded(forged), forwarded(client)) == client, forged


@must("SECURITY-19a", kills=("security_address_past_what_is_none", "security_address_as_x_real_ip_says"))
def test_what_is_no_address_and_other_headers_change_nothing(asked: Service) -> None:
    for nothing in ("unknown", "_hidden", "localhost", "", "1.2.3", "1.2.3.4.5", "0x7f.1", "[1.2.3.4", "-", '"'):
        assert is_loopback(address(asked, forwarded(ipv4(), nothing))) is True, nothing
    other, client = ipv4(), ipv4()
    claims = [(name, other) for name in ("X-Real-IP", "Client-IP", "X-Client-IP", "True-Client-IP", "Remote-Addr")]
    claims.append(("Forwarded", f"for={other}"))
    for claim in claims:
        assert is_loopback(address(asked, claim)) is True, claim
        assert address(asked, claim, forwarded(client)) == client, claim


@must("SECURITY-19b", start=Start.DEPLOYED, kills="security_address_left_most")
def test_under_a_server_that_reads_the_header_it_counts_once(exposed: Exposed) -> None:
    servers = [exposed.another, *(["gunicorn uvicorn"] if exposed.another.startswith("uvicorn") else [])]
    for server in servers:
        service = exposed.under(server)
        assert is_loopback(address(service)) is True, server
        for client in (ipv4(), ipv6()):
            assert address(service, forwarded(client)) == client, server
            for forged in (ipv4(), "127.0.0.1", "::1"):
                assert address(service, forwarded(forged, client)) == client, server
