"""PREFERENCE: the switches of clients, in a process that has a service (client_libraries.py)."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.client_probe import Clients, answered, call, senders
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.services.peer import by_path, refusing
from conformance.services.peer_replies import CLOSES, STALLS, short

TIMEOUT = 0.3  # seconds


@must(
    "PREFERENCE-3",
    kills=(
        "client_preferred_library_ignored",
        "client_preferred_module_is_urllib",
        "client_preferences_of_the_first_client",
    ),
)
@pytest.mark.parametrize("form", ["name", "module"])
def test_a_client_without_a_library_has_the_preferred_one(clients: Clients, form: str) -> None:
    name = clients.library.name
    preferred = name if form == "name" else {"$module": name}
    assert senders(clients, preferences={"client_default_request_backend": preferred}) == [name]


@must("PREFERENCE-3", kills="client_backend_ignored")
def test_a_client_that_is_given_a_library_has_that(clients: Clients) -> None:
    name = clients.library.name
    other = "requests" if name != "requests" else "urllib"
    assert senders(clients, backend=name, preferences={"client_default_request_backend": other}) == [name]


def statuses(clients: Clients, *names: str, **preferences: Any) -> list[int]:
    """The status of each failed call: `late`, `closes`, `short` or `refused`."""
    script = by_path({"/late": STALLS, "/closes": CLOSES, "/short": short({"n": 0})})
    with clients.peer(script) as server:
        urls = [f"{server.origin}/{name}" if name != "refused" else refusing(server.host) for name in names]
        told = clients.called(
            "client_libraries",
            "sending",
            None,
            *(call("get", url, **({"timeout": TIMEOUT} if "late" in url else {})) for url in urls),
            at_once=True,
            settings={"preferences": preferences},
        )
    return [answered(facts)["status"] for facts in told.facts]


def drawn() -> tuple[int, int]:
    """Two statuses that are neither equal nor the defaults."""
    aborted = 505 + seeded_random.below(40)
    return aborted, aborted + 1 + seeded_random.below(50)


@must("PREFERENCE-4", kills=("client_aborts_are_502", "client_aborted_status_ignored"))
def test_a_request_without_an_answer_has_the_status_that_is_set(clients: Clients) -> None:
    status, other = drawn()
    assert statuses(clients, "closes") == [503]
    preferences = {"default_aborted_response_status": status, "default_timeout_response_status": other}
    assert statuses(clients, "closes", **preferences) == [status]


@must("PREFERENCE-5", kills=("client_timeouts_are_503", "client_timeout_status_ignored"))
def test_a_request_whose_time_is_over_has_the_status_that_is_set(clients: Clients) -> None:
    other, status = drawn()
    assert statuses(clients, "late") == [504]
    preferences = {"default_aborted_response_status": other, "default_timeout_response_status": status}
    assert statuses(clients, "late", **preferences) == [status]


@must("PREFERENCE-5b", kills=("client_short_bodies_of_urllib_taken", "client_timeouts_are_aborts"))
def test_each_library_has_both_statuses_for_each_failure(clients: Clients) -> None:
    aborted, late = drawn()
    names = ("closes", "short", "refused", "late", "late")
    preferences = {"default_aborted_response_status": aborted, "default_timeout_response_status": late}
    assert statuses(clients, *names, **preferences) == [aborted, aborted, aborted, late, late]
    assert statuses(clients, *names) == [503, 503, 503, 504, 504]
