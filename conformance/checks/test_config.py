"""CONFIG: configurations that a service uses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from conformance.checks.result import spoken
from conformance.checks.script_run import Life
from conformance.contract.check import must, should
from conformance.contract.variant import Start
from conformance.foundation import loopback, seeded_random
from conformance.measurements import configurations
from conformance.target.observed import plain_type
from conformance.target.target import Target

Refusal = Mapping[str, Any] | None


@pytest.fixture(scope="session")
def used(target: Target) -> Mapping[str, Any]:
    """What a service found of the configurations that it was given."""
    found: Mapping[str, Any] = target.probe("config_use", "used", name=f"n{seeded_random.word()}").value
    return found


@pytest.fixture(scope="session")
def second(target: Target) -> Mapping[str, Refusal]:
    """What `use` raised of a second configuration of a class."""
    found: Mapping[str, Refusal] = target.probe("config_use", "second").value
    return found


@must("CONFIG-1", kills="config_use_without_effect")
def test_a_configuration_that_is_used_has_effect(target: Target) -> None:
    service = target.shared("service_root_route", ready=None, route="/api", strict_root_route="1")
    assert spoken(service.get("/api/user")) == "user"
    assert service.get("/user").status == 404


@must("CONFIG-1b", kills="config_use_returns_nothing")
def test_use_returns_the_service(used: Mapping[str, Any]) -> None:
    assert used["returned"] is True


@must("CONFIG-1b", kills="config_found_by_its_own_class_alone")
@pytest.mark.parametrize("what", ["nothing yet", "by class", "by base class", "not used", "another"])
def test_a_configuration_is_found_by_its_class_and_by_a_base_class(used: Mapping[str, Any], what: str) -> None:
    assert used[what] is True


@must("CONFIG-2", kills="config_second_replaces_the_first")
@pytest.mark.parametrize("which", ["Time", "Preference", "Preference, the same"])
def test_a_second_use_of_one_class_is_an_error(second: Mapping[str, Refusal], which: str) -> None:
    assert second[which] is not None


@must("CONFIG-2b", kills="config_second_refused_without_its_class")
@pytest.mark.parametrize("which", ["Time", "Preference"])
def test_a_second_use_of_one_class_is_an_error_naming_it(second: Mapping[str, Refusal], which: str) -> None:
    refusal = second[which]
    assert refusal is not None
    assert which in refusal["message"]


@must("CONFIG-2b", kills="config_second_replaces_the_first")
def test_after_a_second_use_the_first_stays(used: Mapping[str, Any]) -> None:
    assert used["the first stays"] is True


@must("CONFIG-3a", kills="config_of_any_kind")
@pytest.mark.parametrize("what", ["a class", "a mapping", "a text", "None", "a service", "a function"])
def test_what_is_not_a_configuration_is_a_type_error(target: Target, what: str) -> None:
    refusal = target.probe("config_use", "no_configuration").value[what]
    assert refusal is not None, f"{what} was taken"
    assert "TypeError" in refusal["types"]


@dataclass(frozen=True)
class Built:
    """A class of configuration: what it takes, its secrets too, and values that it does not, by position or by keyword.

    `module` is None for one of the user's own. `part` is the class in BUILT of what it maps `default` to, for one that
    takes a mapping. `$` is replaced by a random word.
    """

    module: str | None
    part: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    bad: Sequence[Any] = ()


BUILT = {
    "Time": Built(
        "utilmeta.conf.time",
        options={"time_zone": "UTC"},
        bad=({"time_zone": "Nowhere/$"}, {"time_zone": 5}, {"use_tz": "maybe"}, {"datetime_format": 5}),
    ),
    "Preference": Built(
        "utilmeta.conf.preference",
        options={"strict_root_route": True},
        bad=(
            {"strict_root_route": "maybe"},
            {"client_default_request_backend": "$"},
            {"default_aborted_response_status": "$"},
            {"default_timeout_response_status": 5},
            {"orm_schema_query_max_depth": "deep"},
        ),
    ),
    "DjangoSettings": Built(
        "utilmeta.core.server.backends.django",
        options={"secret_key": "$", "extra": {"EMAIL_HOST_PASSWORD": "$", "BROKER": "amqp://me:$@localhost"}},
        bad=({"secret_key": 5}, {"apps": 5}, {"middleware": 5}, {"extra": 5}),
    ),
    "Database": Built(
        "utilmeta.core.orm",
        options={"name": "notes", "engine": "sqlite3", "password": "$", "options": {"sslpassword": "$"}},
        bad=({"port": "$"}, {"host": 5}, {"engine": 5}),
    ),
    "DatabaseConnections": Built("utilmeta.core.orm", "Database", bad=(["$"], [{"default": "$"}], [5])),
    "Cache": Built(
        "utilmeta.core.cache", options={"engine": "locmem", "location": "redis://me:$@localhost"}, bad=({"engine": 5},)
    ),
    "RedisCache": Built(
        "utilmeta.core.cache.backends.redis",
        options={"password": "$"},
        bad=({"port": "$"}, {"db": "$"}, {"host": 5}),
    ),
    "CacheConnections": Built("utilmeta.core.cache", "Cache", bad=(["$"], [{"default": "$"}], [5])),
    "Own": Built(None, options={"word": "notes", "api_token": "$"}, bad=({"word": 5}, {"size": "$"})),
}

# What is imported from where, by the requirement that says so.
PAGE = (
    "utilmeta.UtilMeta",
    "utilmeta.service",
    "utilmeta.core.api",
    "utilmeta.conf.Env",
    "utilmeta.conf.Time",
    "utilmeta.conf.Preference",
    "utilmeta.conf.time.Time",
)
ORM = (
    "utilmeta.core.orm.DatabaseConnections",
    "utilmeta.core.orm.Database",
    "utilmeta.core.server.backends.django.DjangoSettings",
)
CACHE = ("utilmeta.core.cache.CacheConnections", "utilmeta.core.cache.Cache")
REDIS = ("utilmeta.core.cache.backends.redis.RedisCache",)
READING = (
    "utilmeta.core.request",
    "utilmeta.core.response",
    "utilmeta.conf.Config",
    "utilmeta.conf.env.Env",
    "utilmeta.conf.preference.Preference",
    "utilmeta.core.cache.DjangoCache",
)
TWICE = ("Env", "Time", "Preference")  # those that have two paths, in `utilmeta.conf` and in a module of it


def random() -> str:
    """The word of this run."""
    return f"w{seeded_random.of('configurations').getrandbits(64):016x}"


def with_word(value: Any) -> Any:
    """The same, with the random word for every `$`."""
    if isinstance(value, str):
        return value.replace("$", random())
    if isinstance(value, Mapping):
        return {name: with_word(inside) for name, inside in value.items()}
    return [with_word(inside) for inside in value] if isinstance(value, Sequence) else value


def orders(name: str) -> list[dict[str, Any]]:
    """How a class is built: as it should be, with an unknown keyword, with too much by position, and with each bad
    value."""
    about = BUILT[name]
    options = with_word(about.options)
    parts = [{"name": part, "options": with_word(BUILT[part].options)} for part in (about.part,) if part]
    arguments = [{"default": part} for part in parts]
    calls: list[tuple[list[Any], Any]] = [
        (arguments, options),
        (arguments, {**options, random(): 1}),
        ([*arguments, random()], options),
    ]
    calls += [(arguments, {**options, **b}) if isinstance(b, Mapping) else (b, options) for b in with_word(about.bad)]
    return [{"module": about.module, "name": name, "arguments": list(a), "options": o} for a, o in calls]


@pytest.fixture(scope="session")
def there(target: Target) -> Mapping[str, Any]:
    """What comes of building each configuration in every way, and of giving it another value, by class."""
    every = {name: orders(name) for name in BUILT}
    told = target.probe(
        "config_use",
        "everything",
        orders=[order for calls in every.values() for order in calls],
        value=random()[::-1],
    ).value
    outcomes = iter(zip(told["built"], told["kept"], strict=True))
    found = {name: [next(outcomes) for _ in calls] for name, calls in every.items()}
    return {
        "built": {name: [refusal for refusal, _ in calls] for name, calls in found.items()},
        "kept": {name: calls[0][1] for name, calls in found.items()},
    }


@pytest.fixture(scope="session")
def judged(there: Mapping[str, Any]) -> list[str]:
    """Classes that can be built; one that cannot be is another requirement's affair."""
    names = [name for name, (first, *_) in there["built"].items() if first is None]
    assert names != [], there["built"]
    return names


def refusals(there: Mapping[str, Any], name: str) -> list[Refusal]:
    """What the constructions of a class raised that are to be refused."""
    _, *others = there["built"][name]
    return list(others)


@must("CONFIG-3b", kills="config_unknown_keyword_ignored")
def test_an_unknown_keyword_of_a_configuration_is_a_type_error_naming_it(
    there: Mapping[str, Any], judged: list[str]
) -> None:
    for name in judged:
        refusal, *_ = refusals(there, name)
        assert refusal is not None, f"{name} took it"
        assert "TypeError" in refusal["types"], f"{name}: {refusal}"
        assert random() in refusal["message"], f"{name}: {refusal}"


@must("CONFIG-3b", kills="config_arguments_by_position")
def test_a_value_by_position_is_a_type_error(there: Mapping[str, Any], judged: list[str]) -> None:
    for name in judged:
        _, refusal, *_ = refusals(there, name)
        assert refusal is not None, f"{name} took it"
        assert "TypeError" in refusal["types"], f"{name}: {refusal}"


@must("CONFIG-3b", kills="config_bad_value_is_the_default")
def test_a_bad_value_is_an_error_when_the_configuration_is_built(there: Mapping[str, Any], judged: list[str]) -> None:
    for name in judged:
        _, _, *found = refusals(there, name)
        for bad, refusal in zip(BUILT[name].bad, found, strict=True):
            assert refusal is not None, f"{name} took {bad}"
            named = bad if isinstance(bad, Mapping) else {}
            assert [keyword for keyword in named if keyword not in refusal["message"]] == [], f"{name}: {refusal}"


@must("CONFIG-3c", kills=("config_instances_change", "config_change_shows_the_value", "config_repr_is_the_models_own"))
def test_a_configuration_does_not_change_and_shows_nothing_secret(there: Mapping[str, Any], judged: list[str]) -> None:
    for name in judged:
        kept = there["kept"][name]
        assert kept["changed"] == [], name
        telling = [text for text in kept["shown"] if random() in text or random()[::-1] in text]
        assert telling == [], name


@must("CONFIG-3d", kills=("config_values_change", "config_outermost_alone_is_frozen"))
def test_nothing_that_a_configuration_holds_changes_by_it_or_by_who_gave_it(target: Target) -> None:
    found = target.probe("config_use", "inside", word=f"w{seeded_random.word()}").value
    assert found["looked at"] != []
    assert found["wrong"] == []


@pytest.fixture(scope="session")
def django_given(target: Target) -> Mapping[str, Any]:
    """What Django's settings hold of configurations, and which of these change with the settings."""
    found: Mapping[str, Any] = target.probe("config_use", "django_given", word=f"w{seeded_random.word()}").value
    return found


@must("CONFIG-3e", kills="config_django_shares_its_settings")
def test_django_is_given_copies(django_given: Mapping[str, Any]) -> None:
    assert django_given["wrong"] == []
    assert django_given["aliases"] == [["default"], ["default"]]


@must("CONFIG-3e", kills="config_django_is_given_the_frozen")
def test_django_is_given_plain_dicts_and_lists(django_given: Mapping[str, Any]) -> None:
    assert django_given["plain"] is True


@must("CONFIG-4a", kills="config_django_is_not_set_up")
def test_setup_loads_djangos_settings_and_sets_django_up(target: Target) -> None:
    key = f"k{seeded_random.word()}"
    found = target.probe("config_use", "django_set_up", key=key).value
    assert found["key"] == key
    assert found["ready"] is True


@must("CONFIG-4c", kills=("config_setup_at_every_call", "config_application_without_setup"))
@pytest.mark.parametrize(
    ("calls", "counts"),
    [(["setup", "setup", "application", "setup"], [1, 1, 1, 1]), (["application", "application"], [1, 1])],
    ids=["setup", "application"],
)
def test_configurations_are_prepared_once(target: Target, calls: list[str], counts: list[int]) -> None:
    assert target.probe("config_use", "prepared", calls=calls).value == counts


@must("CONFIG-4c", kills="config_application_without_setup")
def test_run_prepares_the_configurations_first(target: Target) -> None:
    port = loopback.free_port(target.host)
    assert target.probe("config_use", "run", host=target.host, port=port).value == ["setup"]


@must("CONFIG-4b", kills="config_use_after_setup_accepted")
@pytest.mark.parametrize("by", ["setup", "application"])
def test_a_use_after_setup_is_an_error_naming_the_configuration(target: Target, by: str) -> None:
    refusal = target.probe("config_use", "too_late", by=by).value
    assert refusal is not None, "it was taken"
    assert "Preference" in refusal["message"]


# What each of the configurations of config_all.py becomes, wherever it is used; middleware is told apart (DJANGO-1b).
EFFECTS = {
    'DjangoSettings(secret_key="...")': "{nonce}",
    'DjangoSettings(extra={"OWN": "..."})': "own {nonce}",
    configurations.DATABASE: ["django.db.backends.sqlite3", "{word}"],
    configurations.CACHE: ["django.core.cache.backends.locmem.LocMemCache", "{word}"],
    'Time(time_zone="Asia/Tokyo")': "Asia/Tokyo",
    "Time(use_tz=True)": True,
    configurations.FORMAT: "2024-03-01T08:30:00",
    configurations.PREFERENCE: 404,
    "UtilMeta(production=False)": False,
}


@must("CONFIG-7", kills=("config_preference_of_flask_alone", "config_time_of_django_alone"))
def test_every_configuration_has_the_same_effect_on_every_backend(target: Target) -> None:
    service = target.shared(configurations.SCENARIO)
    word = seeded_random.word()
    found = configurations.effects(service, word)
    assert "config_all.marking" in found.pop(configurations.MIDDLEWARE)
    assert "domain.article" in found.pop(configurations.APPS)  # it may have others of its own
    given = json.dumps(EFFECTS).replace("{nonce}", service.nonce).replace("{word}", word)
    assert found == json.loads(given)


@should("CONFIG-8", start=Start.SCRIPT, kills=("config_own_startup_forgotten", "config_own_setup_not_awaited"))
def test_a_configuration_of_ones_own_is_set_up_started_and_stopped(interrupted_at_once: Life) -> None:
    (serving,) = interrupted_at_once.pids("request")
    life = [event for event in interrupted_at_once.of(serving) if event.startswith(("configuration", "request"))]
    word, requests = interrupted_at_once.nonce, ["request"] * life.count("request")
    expected = ["set up", "started", *requests, "stopped"]
    assert [event.removeprefix(f"configuration {word} ") for event in life] == expected, interrupted_at_once.output


@pytest.fixture(scope="session")
def there_is(target: Target) -> Mapping[str, Any]:
    """The identity of what there is at each path, or what its import raises."""
    names = [*PAGE, *ORM, *CACHE, *REDIS, *READING]
    found: Mapping[str, Any] = target.probe("config_use", "paths", names=names).value
    return found


def raised(there_is: Mapping[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """What the imports of those paths raise that do not work."""
    return {path: there_is[path] for path in paths if not isinstance(there_is[path], int)}


@must("CONFIG-9", kills="config_path_of_the_page_not_there")
def test_the_import_paths_of_the_page_work(there_is: Mapping[str, Any]) -> None:
    assert raised(there_is, PAGE) == {}


@must("CONFIG-9b", kills="config_database_not_there")
def test_the_import_paths_of_the_page_for_databases_work(there_is: Mapping[str, Any]) -> None:
    assert raised(there_is, ORM) == {}


@must("CONFIG-9c", kills="config_cache_not_there")
def test_the_import_paths_of_the_page_for_caches_work(there_is: Mapping[str, Any]) -> None:
    assert raised(there_is, CACHE) == {}


@must("CONFIG-9d", kills="config_redis_cache_not_there")
def test_the_import_path_of_the_page_for_redis_works(there_is: Mapping[str, Any]) -> None:
    assert raised(there_is, REDIS) == {}


@must("CONFIG-9e", kills="config_config_not_there")
def test_the_import_paths_that_the_page_does_not_have_work(there_is: Mapping[str, Any]) -> None:
    assert raised(there_is, READING) == {}


@must("CONFIG-9e", kills="config_two_classes_of_one_name")
@pytest.mark.parametrize("name", TWICE)
def test_both_paths_of_one_name_are_one_object(there_is: Mapping[str, Any], name: str) -> None:
    short = there_is[f"utilmeta.conf.{name}"]
    assert plain_type(short) is int, short
    assert there_is[f"utilmeta.conf.{name.lower()}.{name}"] == short
