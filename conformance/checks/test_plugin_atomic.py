"""PLUGIN and DATABASE: endpoints in transactions by `orm.Atomic` (plugin_atomic.py, plugin_atomic_ends.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.target.service import Service
from conformance.target.target import Target


def kind(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The setting of endpoints in the variant's mode, or of plain ones."""
    return {"plain": 1} if request.param == "plain" else {}


@pytest.fixture(params=["in its mode", "plain"])
def atomic(target: Target, request: pytest.FixtureRequest) -> Service:
    """The scenario, with endpoints of the variant's mode, and with plain ones."""
    return target.shared("plugin_atomic", served=1, **kind(request))


@pytest.fixture(params=["in its mode", "plain"])
def documented(target: Target, request: pytest.FixtureRequest) -> Service:
    """The same, of what the guides have."""
    return target.shared("plugin_atomic_documented", **kind(request))


@pytest.fixture(params=["in its mode", "plain"])
def ending(target: Target, request: pytest.FixtureRequest) -> Service:
    """That of exceptions and time-outs after endpoints have written to both databases, and of subclasses."""
    return target.shared("plugin_atomic_ends", **kind(request))


def kept(service: Service, path: str, *, fails: bool = False, status: int = 409) -> Mapping[str, Any]:
    """How many notes each database has after a request that writes some, and is answered with the status if it fails;
    what is below `handling` answers errors otherwise."""
    sent = word()
    answer = service.post(f"/api/{path}/{sent}{'?fails=1' if fails else ''}")
    if not path.startswith("handling"):
        assert answer.status == (status if fails else 200), str(answer)
    return notes(service, sent)


def notes(service: Service, sent: str) -> Mapping[str, Any]:
    """How many notes of a word each database has."""
    told = service.get(f"/api/notes/{sent}")
    assert told.status == 200, str(told)
    return told.members()


def kept_of_all(service: Service, path: str, fails: str) -> Mapping[str, Any]:
    """How many notes each database has after a request in which each part leaves one, and one part raises; none if
    `fails` is empty."""
    sent = word()
    answer = service.post(f"/api/{path}/endpoint?word={sent}&fails={fails}")
    assert answer.status == (409 if fails else 200), str(answer)
    return notes(service, sent)


@must("PLUGIN-g9", kills=("plugin_atomic_ignored", "plugin_atomic_always_rolls_back"))
def test_what_an_endpoint_wrote_is_kept_when_it_ends_and_rolled_back_when_it_raises(documented: Service) -> None:
    for _ in range(2):
        assert kept(documented, "endpoint").get("default") == 1
        assert kept(documented, "endpoint", fails=True, status=403).get("default") == 0


@must("PLUGIN-g9", kills="plugin_atomic_of_endpoints_alone")
def test_a_class_has_all_its_endpoints_in_transactions(documented: Service) -> None:
    for _ in range(2):
        assert kept(documented, "whole").get("other") == 1
        assert kept(documented, "whole", fails=True, status=403).get("other") == 0


@must("DATABASE-12", kills=("plugin_atomic_in_every_database", "plugin_atomic_in_one_database"))
def test_a_transaction_is_of_the_databases_that_are_named(atomic: Service) -> None:
    assert kept(atomic, "plain", fails=True) == {"default": 1, "other": 1}
    assert kept(atomic, "atomic", fails=True) == {"default": 0, "other": 1}
    assert kept(atomic, "unnamed", fails=True) == {"default": 0, "other": 1}
    assert kept(atomic, "both", fails=True) == {"default": 0, "other": 0}
    assert kept(atomic, "whole/atomic", fails=True) == {"default": 0, "other": 0}
    for path in ("plain", "atomic", "unnamed", "both", "whole/atomic"):
        assert kept(atomic, path) == {"default": 1, "other": 1}, path


@must("DATABASE-12", kills="plugin_atomic_commits_handled_errors")
def test_what_is_raised_rolls_back_though_a_handler_answers(atomic: Service) -> None:
    assert kept(atomic, "handling/both", fails=True) == {"default": 0, "other": 0}
    assert kept(atomic, "handling/both") == {"default": 1, "other": 1}


@must("DATABASE-12", kills="plugin_atomic_of_the_endpoint_alone")
def test_beside_plain_functions_all_of_a_request_is_in_the_transaction(atomic: Service) -> None:
    for _ in range(2):
        assert kept_of_all(atomic, "all_plain", "") == {"default": 5, "other": 5}
        assert kept_of_all(atomic, "all_plain", "endpoint") == {"default": 0, "other": 4}
        assert kept_of_all(atomic, "all_plain", "after") == {"default": 0, "other": 5}


@must("DATABASE-12c", kills=("plugin_atomic_of_hooks_of_async", "plugin_atomic_beside_async_ignored"))
@pytest.mark.parametrize("path", ["around_async", "beside_async"])
def test_around_or_beside_an_async_def_the_endpoint_alone_is_in_its_transaction(target: Target, path: str) -> None:
    service = target.shared("plugin_atomic", served=1)
    for _ in range(2):
        assert kept_of_all(service, path, "") == {"default": 3, "other": 3}
        assert kept_of_all(service, path, "endpoint") == {"default": 1, "other": 2}
        assert kept_of_all(service, path, "after") == {"default": 3, "other": 3}


@must("DATABASE-12b", kills=("plugin_atomic_of_any_alias", "plugin_atomic_without_databases"))
@pytest.mark.parametrize("databases", [True, False], ids=["of others", "none"])
def test_a_database_that_is_not_there_is_refused_by_name(target: Target, databases: bool) -> None:
    alias, name = f"a{word()}", f"f{word()}"
    refusal = target.probe("plugin_atomic", "refusal", alias=alias, name=name, kept=databases).value
    assert refusal is not None, "it was taken"
    assert name in refusal
    assert alias in refusal


RAISED = {"HTTP": 409, "error": 500, "own": 500, "exit": 500, "interrupt": 500, "cancelled": 500}


@must("DATABASE-12d", kills=("plugin_atomic_keeps_what_is_no_exception", "plugin_atomic_async_keeps_the_cancelled"))
def test_whatever_is_raised_rolls_back(ending: Service) -> None:
    for raised, status in RAISED.items():
        sent = word()
        assert ending.post(f"/api/first/bare/{sent}?raises={raised}").status == status, raised
        assert notes(ending, sent) == {"default": 0, "other": 1}, raised
    sent = word()
    assert ending.post(f"/api/first/bare/{sent}").status == 200
    assert notes(ending, sent) == {"default": 1, "other": 1}


@must(
    "DATABASE-12d",
    kills=(
        "plugin_atomic_async_keeps_the_cancelled",
        "plugin_atomic_async_keeps_what_goes_on",
        "plugin_atomic_keeps_late_work_below_async_hooks",
    ),
)
def test_what_is_answered_too_late_is_not_kept(ending: Service) -> None:
    for path in ("plain", "hooked"):
        for query in ("", "goes-on=1", "goes-on=1&raises=HTTP"):
            sent, later = word(), word()
            assert ending.post(f"/api/{path}/late/{sent}?{query}").status == 503, f"{path} {query}"
            assert ending.post(f"/api/release/{sent}").status == 200
            # SQLite lets this write when the transaction before it has ended.
            assert ending.post(f"/api/plain/bare/{later}").status == 200, f"{path} {query}"
            assert notes(ending, later) == {"default": 1, "other": 1}
            assert notes(ending, sent) == {"default": 0, "other": 1}, f"{path} {query}"


@must("DATABASE-12e", kills=("plugin_atomic_is_not_inherited", "plugin_atomic_of_the_first_base_alone"))
def test_a_subclass_has_the_transactions_of_its_bases(ending: Service) -> None:
    both = {"default": 0, "other": 0}
    heirs = {"heir": {**both, "other": 1}, "own_heir": both, "heir_of_two": both, "heir_of_two_turned": both}
    for path, left in {**heirs, "first": {**both, "other": 1}}.items():
        sent = word()
        assert ending.post(f"/api/{path}/bare/{sent}?raises=HTTP").status == 409, path
        assert notes(ending, sent) == left, path
        assert ending.post(f"/api/{path}/bare/{sent}").status == 200, path
        assert notes(ending, sent) == {alias: count + 1 for alias, count in left.items()}, path
