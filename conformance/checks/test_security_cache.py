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

ALIASES = ("redis", "django_redis", "files", "table", "memory")
NAMED_OTHERWISE = ("files_by_short_name", "files_by_path", "table_by_path", "memory_by_path", "redis_by_path")


class Told:
    """What a probe was given, and what it gave."""

    def __init__(self, target: Target) -> None:
        self.text = word()
        self.values: list[Any] = [
            None, 0, "", False, [], {}, True, -1, number() / 7, 2**70, self.text, "12", "null", f"é\n{word()}\0",
            {word(): [None, 0, {"": [word()]}], "b": {}},
        ]  # fmt: skip
        with Redis(loopback.own_address(), seeded_random.word()) as redis:
            self.value: Mapping[str, Any] = target.probe(
                "security_cache_serializers", "told",
                redis={"host": redis.host, "port": redis.port, "password": redis.password},
                folder=tempfile.mkdtemp(prefix="caches-", dir=target.folder), serializer="json",
                values=self.values, text=self.text,
            ).value  # fmt: skip


@pytest.fixture(scope="session")
def told(target: Target) -> Told:
    return Told(target)


@must(
    "SECURITY-17a",
    kills=(
        "security_cache_of_json_loads_pickles",
        "security_cache_of_json_has_pickles_in_djangos_redis",
        "security_cache_of_json_by_short_names_alone",
    ),
)
def test_a_pickle_that_stands_in_a_cache_of_json_is_not_loaded(told: Told) -> None:
    for alias, found in told.value["planted"].items():
        assert found["ran"] is False, f"a pickle in {alias} was run"
        for form, name, result in found["found"]:
            assert result != "something else", f"{alias}, {form}: {name} gave it"
        assert found["set anew"] == told.text, f"{alias} did not take a value in its place"


@must(
    "SECURITY-17b",
    kills=("security_cache_of_json_keeps_no_none", "security_cache_of_json_misses_none_of_many"),
)
def test_what_json_has_comes_back_as_it_was_set(told: Told) -> None:
    for alias in ALIASES:
        for value, found in zip(told.values, told.value["kept"][alias], strict=True):
            for writer in found:
                for read in writer:
                    assert (plain_type(read), read) == (type(value), value), f"{alias}: {value!r} came back as {read!r}"


@must("SECURITY-17b", kills="security_cache_of_json_is_no_number")
def test_operations_and_locks_go_on_with_json(told: Told) -> None:
    for alias in ALIASES:
        assert told.value["operations"][alias] == {
            "add": [True, False, False],
            "incr": [41, 43],
            "expire": [True, True, False],
            "get_many": [{"count": 43, "text": told.text}, {"text": told.text}],
            "lock": [False, True],
            "add to None": [False, False, False],
            "has None": [True, True, None],
            "delete": [True, "absent"],
        }, alias


@must(
    "SECURITY-17c",
    kills=(
        "security_cache_of_json_keeps_what_is_equal",
        "security_cache_of_json_keeps_tuples_as_lists",
        "security_cache_of_json_adds_pickles",
    ),
)
def test_what_json_would_change_is_refused_when_it_is_set(told: Told) -> None:
    for alias in (*ALIASES, *NAMED_OTHERWISE):
        for name, found in told.value["refused"][alias].items():
            assert found == [[], True], f"{alias}, {name}: taken by {found[0]}, nothing is kept: {found[1]}"


@must("SECURITY-17c", kills="security_cache_of_json_of_any_engine")
def test_an_engine_or_serializer_that_cannot_be_is_refused_by_name(told: Told) -> None:
    named = {"engine": ("pymemcache",), "class": ("cache_engines.SlowCache",), "serializer": ("serializer", "marshal")}
    for what, names in named.items():
        result = told.value["wrong"][what]
        assert isinstance(result, dict), f"{what} was taken: {result}"
        assert any(name in result["raised"] for name in names), f"{what}: {result['raised']}"
