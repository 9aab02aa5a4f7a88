"""CACHE: caches as the page has them; a process and its caches, two services and a real Redis (cache_record.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from conformance.checks.cache_record import Record, Told, json_of, share, tell
from conformance.contract.check import must
from conformance.foundation import loopback, seeded_random
from conformance.services.redis import Redis
from conformance.target.exchange import Exchange
from conformance.target.target import Target

DJANGO = "django.core.cache.backends"
ENGINES = {
    "locmem": f"{DJANGO}.locmem.LocMemCache",
    "dummy": f"{DJANGO}.dummy.DummyCache",
    "db": f"{DJANGO}.db.DatabaseCache",
    "filebased": f"{DJANGO}.filebased.FileBasedCache",
    f"{DJANGO}.dummy.DummyCache": f"{DJANGO}.dummy.DummyCache",
    "cache_engines.SlowCache": "cache_engines.SlowCache",
}
IN_TIME_SECONDS = 8.0  # for an error that says that nobody is there


@pytest.fixture(scope="session")
def told(target: Target) -> Told:
    """A process that builds the service, uses its caches without serving, and forks."""
    return tell(target, ENGINES)


@pytest.fixture(scope="session")
def shared(target: Target) -> Record:
    """Two services live through it all, once a variant."""
    return share(target)


def setting(told: Told, alias: str) -> Mapping[str, Any]:
    """What Django is told of a cache."""
    found = told.value["settings"]
    assert alias in found, f"{alias} is not in CACHES: {found}"
    entry: Mapping[str, Any] = found[alias]
    return entry


def one_owner(found: Mapping[str, Any]) -> None:
    """AssertionError unless nobody got into a lock beside its owner, and somebody did afterwards."""
    assert "raised" in found["during"], f"{found}"
    assert found["after"] == "entered"


def given_back(found: Mapping[str, Any]) -> None:
    """AssertionError unless somebody got into each lock that its owner had left by an exception."""
    kept = {kind: after for kind, after in found.items() if after != "entered"}
    assert kept == {}, f"{found}"


def kept_from_the_late(each: Mapping[str, Any], alias: str) -> None:
    """AssertionError unless it was an error to leave locks that had expired, and the next owner of one kept it."""
    assert alias in each, f"{each}"
    found = each[alias]
    silent = [left for left in found["leaving"] if left is None or "raised" not in left]
    assert silent == [], f"a lock was left after its timeout, and nothing was said: {found}"
    assert found["third"] != "entered", "the late owner gave back the lock of the next"


def text(answer: Exchange) -> str:
    """A text that was answered 200, whether as JSON or as it is."""
    assert answer.status == 200, str(answer)
    return answer.text.strip('"')


def refusal(answer: Exchange) -> Any:
    """What the service tells of the error that a lock raised; None when it raised none."""
    return json_of(answer)["error"]


def failed(answer: Exchange) -> None:
    """AssertionError unless the answer is a 5xx."""
    assert answer.status >= 500, str(answer)


def telling(log: str, alias: str, address: str) -> list[str]:
    """The lines of a log that name a cache and where it is."""
    return [line for line in log.splitlines() if alias in line and all(part in line for part in address.split(":"))]


@must("CACHE-1", kills="cache_settings_of_the_default_alone")
def test_a_cache_is_djangos_of_its_alias_and_class(target: Target) -> None:
    service = target.shared("cache_documented")
    assert f"{DJANGO}.locmem.LocMemCache" in text(service.get("/api/classes")).split()
    assert text(service.get("/api/fallback")) == service.nonce


@must("CACHE-2", kills="cache_redis_password_left_out")
def test_a_redis_is_written_and_read_through_django(target: Target) -> None:
    with Redis(loopback.LOCALHOST, seeded_random.word()) as redis:
        where = {"port": redis.port, "db": 2, "password": redis.password}
        service = target.serve("cache_documented", redis=json.dumps(where))
        assert text(service.get("/api/default")) == service.nonce


@must("CACHE-1b", kills="cache_settings_of_the_default_alone")
def test_each_alias_of_the_mapping_is_in_djangos_caches(told: Told) -> None:
    expected = {"memory", "files", "slow", "full", *ENGINES}
    assert expected - set(told.value["settings"]) == set()


@must("CACHE-1c", kills="cache_settings_of_the_default_alone")
def test_each_alias_of_a_redis_is_in_djangos_caches(told: Told) -> None:
    expected = {"default", "other", "failing", "mistaken", "silent", "unused"}
    assert expected - set(told.value["settings"]) == set()


@must("CACHE-1c", kills="cache_redis_database_left_out")
def test_a_redis_is_djangos_redis_cache_at_its_address(told: Told) -> None:
    entry = setting(told, "default")
    assert entry.get("BACKEND") == f"{DJANGO}.redis.RedisCache"
    scheme, _, place = str(entry.get("LOCATION")).partition("://")
    assert scheme == "redis"
    assert place.rpartition("@")[2] == f"{told.where['host']}:{told.where['port']}/2"


@must("CACHE-1b", kills="cache_engine_unknown_is_memory")
def test_an_engine_is_a_class_path_or_djangos_short_name(told: Told) -> None:
    assert {engine: setting(told, engine).get("BACKEND") for engine in ENGINES} == ENGINES


@must("CACHE-1b", kills="cache_django_cache_is_a_subclass")
def test_djangocache_and_cache_are_one_class(told: Told) -> None:
    assert told.value["classes"] == {"same": True}


@must("CACHE-9", kills="cache_timeout_not_passed_on")
def test_the_keywords_of_a_cache_are_djangos_settings(told: Told) -> None:
    entry = setting(told, "full")
    found = {name: entry.get(name.upper()) for name in told.keywords}
    assert found == told.keywords


@must("CACHE-5", kills="cache_connections_copied")
def test_an_alias_leads_to_the_object_that_was_given(told: Told) -> None:
    assert {"memory", "files", "slow", "full"} - set(told.value["given"]) == set()


@must("CACHE-5b", kills="cache_connections_copied")
def test_an_alias_of_a_redis_leads_to_the_object_that_was_given(told: Told) -> None:
    assert {"default", "other"} - set(told.value["given"]) == set()


@must("CACHE-5", kills="cache_expire_ignored")
def test_every_operation_gives_what_it_gives_in_django(told: Told) -> None:
    assert tuple(told.value["plain"]["memory"]) == told.expected


@must("CACHE-5", kills="cache_add_overwrites")
def test_every_operation_gives_the_same_in_async(told: Told) -> None:
    assert tuple(told.value["asynchronous"]["memory"]) == told.expected


@must("CACHE-5b", kills="cache_expire_ignored")
def test_every_operation_of_a_redis_gives_what_it_gives_in_django(told: Told) -> None:
    assert tuple(told.value["plain"]["default"]) == told.expected


@must("CACHE-5b", kills=("cache_add_overwrites", "security_cache_of_json_misses_none_of_many"))
def test_every_operation_of_a_redis_gives_the_same_in_async(told: Told) -> None:
    assert tuple(told.value["asynchronous"]["other"]) == told.expected


@must("CACHE-2b", kills="cache_redis_client_of_the_process")
def test_a_redis_is_used_from_one_event_loop_after_the_other(told: Told) -> None:
    assert tuple(told.value["asynchronous"]["other"]) == told.expected


@must("CACHE-5b", kills=("cache_redis_values_as_json", "cache_redis_keys_as_they_are"))
def test_what_is_written_in_one_way_is_read_in_every_other(told: Told) -> None:
    ways = ("plain", "asynchronous", "django")
    assert told.value["seen"] == {writer: {reader: [writer, told.text] for reader in ways} for writer in ways}


@must("CACHE-2b", kills="cache_redis_client_of_the_process")
def test_a_forked_process_uses_the_redis_and_its_parent_goes_on(told: Told) -> None:
    written = told.text[::-1]
    assert told.value["forked"] == {"before": told.text, "child": [told.text] * 2, "after": [written] * 2}


@must("SECURITY-13b", kills=("security_cache_in_an_open_directory", "security_cache_in_a_sticky_directory"))
def test_what_another_user_may_have_put_into_a_cache_is_not_run(told: Told) -> None:
    found = told.value["planted"]
    assert found.get("before") == told.text, f"{found}"
    assert found["open"] == [], "what every user may write was unpickled"


@must("CACHE-6", kills="cache_lock_is_always_free")
def test_a_lock_has_one_owner(told: Told) -> None:
    one_owner(told.value["held"]["memory"])


@must("CACHE-6", kills="cache_lock_is_always_free")
def test_a_lock_has_one_owner_in_async(told: Told) -> None:
    one_owner(told.value["held asynchronously"]["memory"])


@must("CACHE-6c", kills="cache_lock_is_always_free")
def test_a_lock_of_a_redis_has_one_owner(told: Told) -> None:
    one_owner(told.value["held"]["default"])


@must("CACHE-6c", kills="cache_lock_is_always_free")
def test_a_lock_of_a_redis_has_one_owner_in_async(told: Told) -> None:
    one_owner(told.value["held asynchronously"]["other"])


@must("CACHE-6", kills="cache_lock_taken_in_two_steps")
@pytest.mark.parametrize("alias", ["memory", "files"])
def test_of_several_who_want_a_lock_at_once_one_gets_it(told: Told, alias: str) -> None:
    assert told.value["at once"][alias] == 1


@must("CACHE-6c", kills="cache_lock_taken_in_two_steps")
def test_of_several_who_want_a_lock_of_a_redis_at_once_one_gets_it(told: Told) -> None:
    assert told.value["at once"]["default"] == 1


@must("CACHE-6", kills="cache_lock_kept_by_an_exit")
def test_a_lock_is_given_back_by_an_exception_too(told: Told) -> None:
    given_back(told.value["left"]["memory"])


@must("CACHE-6", kills="cache_lock_kept_by_the_cancelled")
def test_a_lock_is_given_back_by_a_cancellation_too(told: Told) -> None:
    given_back(told.value["left asynchronously"]["memory"])


@must("CACHE-6c", kills="cache_lock_kept_by_an_exit")
def test_a_lock_of_a_redis_is_given_back_by_an_exception_too(told: Told) -> None:
    given_back(told.value["left"]["default"])


@must("CACHE-6c", kills="cache_lock_kept_by_the_cancelled")
def test_a_lock_of_a_redis_is_given_back_by_a_cancellation_too(told: Told) -> None:
    given_back(told.value["left asynchronously"]["other"])


@must("CACHE-6", kills="cache_lock_of_one_owner_a_process")
@pytest.mark.parametrize("way", ["late", "late asynchronously"])
def test_a_late_owner_is_told_and_the_next_keeps_the_lock(told: Told, way: str) -> None:
    kept_from_the_late(told.value[way], "memory")


@must("CACHE-6c", kills="cache_lock_of_one_owner_a_process")
def test_a_late_owner_in_one_process_does_not_give_back_a_lock_of_a_redis(told: Told) -> None:
    kept_from_the_late(told.value["late"], "default")
    kept_from_the_late(told.value["late asynchronously"], "other")


@must("CACHE-7", kills="cache_connected_at_setup")
def test_a_cache_that_is_down_keeps_no_service_from_being_built(target: Target, told: Told) -> None:
    expected = target.backend.applications[target.variant.mode].rpartition(".")[2]
    assert expected in list(told.value["built"])


@must("CACHE-2b", kills="cache_redis_keys_of_the_process")
def test_what_one_process_writes_to_a_redis_another_reads(shared: Record) -> None:
    for writer in shared.ways:
        assert shared.result(f"write {writer}") is None
        for reader in shared.ways:
            assert shared.result(f"{writer} to {reader}") == [writer, shared.text], f"{writer} to {reader}"


@must("CACHE-3", kills="cache_django_on_the_loop")
def test_a_slow_django_cache_keeps_no_other_request_waiting(shared: Record) -> None:
    assert json_of(shared.answers["meanwhile"]) == {"asleep": 1}
    assert shared.result("slow") == "slow"


@must("CACHE-3b", kills="cache_redis_on_the_loop")
def test_a_redis_that_says_nothing_keeps_no_other_request_waiting(shared: Record) -> None:
    assert "beside silence" in shared.answers, "no request came to the Redis that says nothing"
    assert shared.answers["beside silence"].status == 200
    assert shared.waiting is True, "it was answered when the cache had been given up"
    failed(shared.answers["silent"])


@must("CACHE-4", kills="cache_down_is_a_miss")
def test_a_cache_that_is_down_is_an_error_in_time(shared: Record) -> None:
    for way in shared.ways:
        assert shared.result(f"before {way}") is None
        failed(shared.answers[f"down {way}"])
        assert shared.seconds[f"down {way}"] < IN_TIME_SECONDS


@must("CACHE-4", kills="cache_down_is_a_miss")
def test_a_cache_that_ends_in_mid_request_is_an_error_of_that_request_in_time(shared: Record) -> None:
    failed(shared.answers["stopped"])
    assert shared.seconds["stopped"] < IN_TIME_SECONDS
    assert telling(shared.written["stopped"], "failing", shared.failing) != []


@must("CACHE-4", kills="cache_down_unnamed")
def test_the_error_of_a_cache_that_is_down_names_alias_and_address(shared: Record) -> None:
    for way in shared.ways:
        assert telling(shared.written[f"down {way}"], "failing", shared.failing) != [], way


@must("CACHE-4", kills="cache_down_for_good")
def test_a_cache_that_is_back_is_used_again(shared: Record) -> None:
    for way in shared.ways:
        assert shared.result(f"set again {way}") is None
        assert shared.result(f"got again {way}") == [way, shared.text]


@must("CACHE-4b", kills="cache_down_for_good")
def test_a_restart_that_nobody_noticed_is_no_error(shared: Record) -> None:
    for way in shared.ways:
        assert shared.result(f"unnoticed {way}") == way


@must("CACHE-4", kills="cache_down_unnamed")
def test_a_wrong_password_is_an_error_naming_alias_and_address(shared: Record) -> None:
    for way in shared.ways:
        failed(shared.answers[f"mistaken {way}"])
        assert telling(shared.written[f"mistaken {way}"], "mistaken", shared.redis) != [], way


@must("CACHE-6c", kills=("cache_lock_is_always_free", "cache_lock_of_the_process"))
def test_a_lock_excludes_another_process_until_it_is_given_back(shared: Record) -> None:
    assert refusal(shared.answers["refused"]) is not None
    assert refusal(shared.answers["owner"]) is None
    assert refusal(shared.answers["next owner"]) is None


@must("CACHE-6c", kills="cache_lock_never_expires")
def test_a_lock_expires_by_itself(shared: Record) -> None:
    assert refusal(shared.answers["successor"]) is None
    assert refusal(shared.answers["late owner"]) is not None


@must("CACHE-6c", kills="cache_lock_given_back_by_anyone")
def test_a_late_owner_does_not_give_back_the_lock_of_the_next(shared: Record) -> None:
    assert refusal(shared.answers["late owner"]) is not None
    assert refusal(shared.answers["refused again"]) is not None


@must("CACHE-8", kills=("cache_password_in_the_address", "cache_password_in_the_repr"))
def test_no_password_shows_whatever_fails(shared: Record) -> None:
    assert shared.answers["shown"].status == 200
    shown = {"the log": shared.output, **{name: str(answer) for name, answer in shared.answers.items()}}
    assert [name for name, text in shown.items() if any(password in text for password in shared.passwords)] == []
