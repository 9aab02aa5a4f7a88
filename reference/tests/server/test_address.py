"""Where a service listens, as far as the machine at hand cannot show it."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from utilmeta.core.server import address
from utilmeta.utils.exceptions import AddressUnavailable

ELSEWHERE = "203.0.113.1"  # TEST-NET-3 (RFC 5737): no machine has it


def resolves_to(monkeypatch: pytest.MonkeyPatch, *hosts: str) -> None:
    def getaddrinfo(host: str, port: int, **options: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port)) for found in hosts]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_a_name_is_served_at_those_of_its_addresses_that_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    resolves_to(monkeypatch, ELSEWHERE, "127.0.0.1")
    [found] = address.listen("some.name", 0)
    with found:
        assert found.getsockname()[0] == "127.0.0.1"


def test_a_name_of_which_the_machine_has_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolves_to(monkeypatch, ELSEWHERE)
    with pytest.raises(AddressUnavailable, match=r"cannot listen on host some\.name, port 8000"):
        address.listen("some.name", 8000)


def test_one_busy_address_of_a_name_refuses_it_and_gives_the_others_back(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.3", 0)) as busy:
        port = busy.getsockname()[1]
        resolves_to(monkeypatch, "127.0.0.2", "127.0.0.3")
        with pytest.raises(AddressUnavailable, match=f"port {port}"):
            address.listen("some.name", port)
        socket.create_server(("127.0.0.2", port)).close()
