"""The client's address behind proxies, and whom the reference believes about it."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from fake import Client, FakeRequest

from utilmeta.core import api
from utilmeta.core.request.client_address import DEFAULT, Address, TrustedProxies, address_of, proxies
from utilmeta.core.request.servers.connection import Connection

INNER = proxies(["127.0.0.1", "10.0.0.0/8", "fd00::/8"])


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "2001:db8::9", "2001:db8::9"),
        ("::ffff:127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "6.6.6.6,127.0.0.1", "6.6.6.6"),
        ("127.0.0.1", "127.0.0.1,::1", "127.0.0.1"),
        ("127.0.0.2", "203.0.113.9", "127.0.0.2"),
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "6.6.6.6, unknown", "127.0.0.1"),
        ("127.0.0.1", "6.6.6.6,,127.0.0.1", "127.0.0.1"),
        ("127.0.0.1", "fe80::1%eth0", "fe80::1%eth0"),
        ("127.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("127.0.0.1", "[2001:db8::9]:4711", "2001:db8::9"),
        ("127.0.0.1", "6.6.6.6, [2001:db8::9]", "2001:db8::9"),
    ],
)
def test_the_right_most_address_that_is_no_proxy_s_counts(peer: str, forwarded: str | None, client: str) -> None:
    assert DEFAULT.client(peer, forwarded) == ip_address(client)


def test_proxies_behind_proxies_are_passed_by() -> None:
    assert str(INNER.client("127.0.0.1", "6.6.6.6, 203.0.113.9, 10.1.2.3")) == "203.0.113.9"
    assert str(INNER.client("10.1.2.3", "6.6.6.6, 203.0.113.9, fd00::7, 10.1.2.3")) == "203.0.113.9"
    assert str(INNER.client("::1", "203.0.113.9")) == "::1"


def test_proxies_of_ipv4_are_known_as_addresses_of_ipv6_too() -> None:
    mapped = proxies(["::ffff:127.0.0.1", "::ffff:10.0.0.0/104", "::ffff:c0a8:7"])
    assert (
        str(mapped.client("127.0.0.1", "6.6.6.6, 203.0.113.9, 10.1.2.3, ::ffff:10.9.9.9, 192.168.0.7")) == "203.0.113.9"
    )
    assert str(mapped.client("::ffff:127.0.0.1", "::ffff:203.0.113.9, 10.1.2.3")) == "203.0.113.9"
    for stranger in ("127.0.0.2", "11.0.0.1", "192.168.0.8", "::ffff:11.0.0.1"):
        assert mapped.client(stranger, "203.0.113.9") == address_of(stranger)
    assert proxies(["::ffff:0.0.0.0/96"]).trusts(ip_address("198.51.100.1"))
    everything = proxies(["::/0"])  # of IPv6, which is not all of IPv4
    assert (everything.trusts(ip_address("2001:db8::1")), everything.trusts(ip_address("1.2.3.4"))) == (True, False)
    with pytest.raises(ValueError, match="has host bits set"):
        proxies(["::ffff:10.0.0.7/104"])


@pytest.mark.parametrize("client", ["203.0.113.9", "10.9.9.9"])
def test_a_server_that_has_read_the_header_changes_nothing(client: str) -> None:
    header = f"6.6.6.6, {client}, 10.1.2.3"
    assert INNER.client("127.0.0.1", header) == INNER.client("10.1.2.3", header) == INNER.client(client, header)


@pytest.mark.parametrize("peer", ["", "testclient", "/run/socket", "1.2.3", "01.2.3.4", "1.2.3.4:", "[1.2.3.4"])
def test_a_peer_without_an_address_has_none_and_is_not_believed(peer: str) -> None:
    assert address_of(peer) is DEFAULT.client(peer, "203.0.113.9") is None


class RootAPI(api.API):
    @api.get
    def address(self) -> str:
        return str(self.request.ip_address)


TRUSTED = {"203.0.113.9": DEFAULT, "127.0.0.1": proxies([]), "6.6.6.6": proxies(["0.0.0.0/0"])}


@pytest.mark.parametrize("told", TRUSTED)
def test_the_proxies_of_a_service_are_those_of_its_requests(told: str) -> None:
    client = Client(RootAPI, proxies=TRUSTED[told])
    for _ in range(2):
        assert client.get("/address", x_forwarded_for="6.6.6.6, 203.0.113.9").text == told


def test_the_address_is_looked_for_once_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = []
    client = TrustedProxies.client

    def counted(self: TrustedProxies, peer: str, forwarded: str | None) -> Address | None:
        looked_up.append(peer)
        return client(self, peer, forwarded)

    monkeypatch.setattr(TrustedProxies, "client", counted)
    one, unknown = FakeRequest("GET", "/", {"x-forwarded-for": "203.0.113.9"}), FakeRequest("GET", "/")
    unknown._connection = Connection("http", "localhost", "")
    assert {str(one.ip_address), str(one.ip_address)} == {"203.0.113.9"}
    assert [unknown.ip_address, unknown.ip_address] == [None, None]
    assert looked_up == ["127.0.0.1", ""]
