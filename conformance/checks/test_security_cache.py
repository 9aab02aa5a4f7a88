"""SECURITY: caches that keep JSON load no pickle."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from typing import Any

import pytest

from conformance.checks.random_values import number, word
from conformance.contract.check import must
from conformance.foundation import loopback, seeded_random
from conformance.services.redis import Redis
from conformance.target.observed import plain_type
from conformance.target.target import Target

REFUSED = 13  # kinds of values that the scenario sets in vain


class Told:
    """What a probe of a group of caches was given, and what it gave."""

    def __init__(self, target: Target, group: str, **more: Any) -> None:
        self.text = word()
        self.values: list[Any] = [
            None, 0, "", False, [], {}, True, -1, number() / 7, 2**70, self.text, "12", "null", f"é\n{word()}\0",
            {word(): [None, 0, {"": [word()]}], "b": {}},
        ]  # fmt: skip
        self.value: Mapping[str, Any] = target.probe(
            "security_cache_serializers", "told", group=group,
            folder=tempfile.mkdtemp(prefix="caches-", dir=target.folder), serializer="json",
            values=self.values, text=self.text, **more,
        ).value  # fmt: skip


@pytest.fixture(scope="session")
def files(target: Target) -> Told:
    """Of caches in memory and in files."""
    return Told(target, "files")


@pytest.fixture(scope="session")
def tables(target: Target) -> Told:
    """Of caches in tables."""
    return Told(target, "tables")


@pytest.fixture(scope="session")
def redis(target: Target) -> Told:
    """Of caches in a Redis."""
    with Redis(loopback.own_address(), seeded_random.word()) as server:
        address = {"host": server.host, "port": server.port, "password": server.password}
        return Told(target, "redis", redis=address)


def load_no_pickle(told: Told) -> None:
    planted = told.value["planted"]
    assert [alias for alias, found in planted.items() if found["ran"]] == []
    for alias, found in planted.items():
        given = [(form, name) for form, name, result in found["found"] if result == "something else"]
        assert given == [], alias
        assert found["set anew"] == told.text, alias


def give_what_was_set(told: Told) -> None:
    for alias, kept in told.value["kept"].items():
        for value, found in zip(told.values, kept, strict=True):
            changed = [read for writer in found for read in writer if (plain_type(read), read) != (type(value), value)]
            assert changed == [], (alias, value)


def operate(told: Told) -> None:
    for alias, found in told.value["operations"].items():
        assert found == {
            "add": [True, False, False],
            "incr": [41, 43],
            "expire": [True, True, False],
            "get_many": [{"count": 43, "text": told.text}, {"text": told.text}],
            "lock": [False, True],
            "add to None": [False, False, False],
            "has None": [True, True, None],
            "delete": [True, "absent"],
        }, alias


def refuse_what_json_would_change(told: Told) -> None:
    for alias, refused in told.value["refused"].items():
        assert len(refused) == REFUSED
        # By value, the ways of setting it that were no error, and whether nothing is kept of it.
        assert {name: found for name, found in refused.items() if found != [[], True]} == {}, alias


PROMISES = {each.__name__: each for each in (load_no_pickle, give_what_was_set, operate, refuse_what_json_would_change)}


@must(
    "SECURITY-17a",
    kills=("security_cache_of_json_loads_pickles", "security_cache_of_json_by_short_names_alone"),
)
def test_a_pickle_that_stands_in_a_cache_of_json_is_not_loaded(files: Told) -> None:
    load_no_pickle(files)


@must("SECURITY-17b", kills="security_cache_of_json_keeps_no_none")
def test_what_json_has_comes_back_as_it_was_set(files: Told) -> None:
    give_what_was_set(files)


@must("SECURITY-17b", kills="security_cache_of_json_is_no_number")
def test_operations_and_locks_go_on_with_json(files: Told) -> None:
    operate(files)


@must(
    "SECURITY-17c",
    kills=(
        "security_cache_of_json_keeps_what_is_equal",
        "security_cache_of_json_keeps_tuples_as_lists",
        "security_cache_of_json_adds_pickles",
    ),
)
def test_what_json_would_change_is_refused_when_it_is_set(files: Told) -> None:
    refuse_what_json_would_change(files)


@must("SECURITY-17c", kills="security_cache_of_json_of_any_engine")
def test_an_engine_or_serializer_that_cannot_be_is_refused_by_name(target: Target) -> None:
    wrong = target.probe("security_cache_serializers", "wrong").value
    named = {"engine": ("pymemcache",), "class": ("cache_engines.SlowCache",), "serializer": ("serializer", "marshal")}
    for what, names in named.items():
        assert plain_type(wrong[what]) is dict, what
        message = wrong[what]["raised"]
        assert [name for name in names if name in message] != [], message


@must(
    "SECURITY-17d",
    kills=("security_cache_of_json_has_pickles_in_djangos_redis", "security_cache_of_json_misses_none_of_many"),
)
@pytest.mark.parametrize("promise", PROMISES)
def test_a_cache_of_json_in_a_redis_is_no_other(redis: Told, promise: str) -> None:
    PROMISES[promise](redis)


@must("SECURITY-17e", kills="security_cache_of_json_loads_pickles")
@pytest.mark.parametrize("promise", PROMISES)
def test_a_cache_of_json_in_a_table_is_no_other(tables: Told, promise: str) -> None:
    PROMISES[promise](tables)
