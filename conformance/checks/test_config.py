"""CONFIG: configurations that a service uses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from conformance.checks.script_run import Life
from conformance.contract.check import must, should
from conformance.contract.variant import Start
from conformance.foundation import loopback, seeded_random
from conformance.measurements import configurations
from conformance.target.target import Target

Refusal = Mapping[str, Any] | None


@pytest.fixture(scope="session")
def used(target: Target) -> Mapping[str, Any]:
    """What a service found and refused of the configurations that it was given."""
    found: Mapping[str, Any] = target.probe("config_use", "used", name=f"n{seeded_random.word()}").value
    return found


@must("CONFIG-1", kills="config_use_returns_nothing")
def test_use_returns_the_service(used: Mapping[str, Any]) -> None:
    assert used["returned"] is True


@must("CONFIG-1", kills="config_found_by_its_own_class_alone")
def test_a_configuration_is_found_by_its_class_and_by_a_base_class(used: Mapping[str, Any]) -> None:
    assert used["nothing yet"] is True
    assert used["by class"] is True
    assert used["by base class"] is True
    assert used["not used"] is True
    assert used["another"] is True


@must("CONFIG-2", kills="config_second_replaces_the_first")
def test_a_second_use_of_one_class_is_an_error_naming_it(used: Mapping[str, Any]) -> None:
    for which in ("Clock", "Preference", "Preference, the same"):
        refusal = used["second"][which]
        assert refusal is not None, f"{which} was taken"
        assert which.partition(",")[0] in refusal["message"]
    assert used["the first stays"] is True


@must("CONFIG-3a", kills="config_of_any_kind")
def test_what_is_not_a_configuration_is_a_type_error(used: Mapping[str, Any]) -> None:
    for what in ("a class", "a mapping", "a text", "None", "a service", "a function"):
        refusal = used["no configuration"][what]
        assert refusal is not None, f"{what} was taken"
        assert "TypeError" in refusal["types"], f"{what}: {refusal}"
        assert "configuration" in refusal["message"].lower(), f"{what}: {refusal}"


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

# Every name that the page imports.
PATHS = (
    "utilmeta.UtilMeta",
    "utilmeta.service",
    "utilmeta.core.api",
    "utilmeta.core.request",
    "utilmeta.core.response",
    "utilmeta.conf.Env",
    "utilmeta.conf.Time",
    "utilmeta.conf.Preference",
    "utilmeta.conf.Config",
    "utilmeta.conf.env.Env",
    "utilmeta.conf.time.Time",
    "utilmeta.conf.preference.Preference",
    "utilmeta.core.orm.DatabaseConnections",
    "utilmeta.core.orm.Database",
    "utilmeta.core.cache.CacheConnections",
    "utilmeta.core.cache.Cache",
    "utilmeta.core.cache.DjangoCache",
    "utilmeta.core.cache.backends.redis.RedisCache",
    "utilmeta.core.server.backends.django.DjangoSettings",
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
    """What comes of building each configuration in every way, and of giving it another value, by class, and what there
    is at each path of the page."""
    every = {name: orders(name) for name in BUILT}
    told = target.probe(
        "config_use",
        "everything",
        orders=[order for calls in every.values() for order in calls],
        names=list(PATHS),
        value=random()[::-1],
    ).value
    outcomes = iter(zip(told["built"], told["kept"], strict=True))
    found = {name: [next(outcomes) for _ in calls] for name, calls in every.items()}
    return {
        "built": {name: [refusal for refusal, _ in calls] for name, calls in found.items()},
        "kept": {name: calls[0][1] for name, calls in found.items()},
        "paths": told["paths"],
    }


def plain(there: Mapping[str, Any], name: str) -> list[Refusal]:
    """What the constructions of a class raised that are to be refused, when the first was not."""
    first, *others = there["built"][name]
    assert first is None, f"{name}: {first['message']}"
    return list(others)


@must("CONFIG-3b", kills="config_unknown_keyword_ignored")
def test_an_unknown_keyword_of_a_configuration_is_a_type_error_naming_it(there: Mapping[str, Any]) -> None:
    for name in BUILT:
        refusal, *_ = plain(there, name)
        assert refusal is not None, f"{name} took it"
        assert "TypeError" in refusal["types"], f"{name}: {refusal}"
        assert random() in refusal["message"], f"{name}: {refusal}"


@must("CONFIG-3b", kills="config_arguments_by_position")
def test_a_value_by_position_is_a_type_error(there: Mapping[str, Any]) -> None:
    for name in BUILT:
        _, refusal, *_ = plain(there, name)
        assert refusal is not None, f"{name} took it"
        assert "TypeError" in refusal["types"], f"{name}: {refusal}"


@must("CONFIG-3b", kills="config_bad_value_is_the_default")
def test_a_bad_value_is_an_error_when_the_configuration_is_built(there: Mapping[str, Any]) -> None:
    for name, about in BUILT.items():
        _, _, *found = plain(there, name)
        for bad, refusal in zip(about.bad, found, strict=True):
            assert refusal is not None, f"{name} took {bad}"
            assert {"TypeError", "ValueError"} & set(refusal["types"]), f"{name}: {refusal}"
            if isinstance(bad, Mapping):
                assert all(keyword in refusal["message"] for keyword in bad), f"{name}: {refusal}"


@must("CONFIG-3c", kills=("config_instances_change", "config_change_shows_the_value", "config_repr_is_the_models_own"))
def test_a_configuration_does_not_change_and_shows_nothing_secret(there: Mapping[str, Any]) -> None:
    for name in BUILT:
        plain(there, name)
        kept = there["kept"][name]
        assert kept["changed"] == [], name
        assert all(name in text for text in kept["shown"][:1]), f"{name}: it shows nothing at all"
        telling = [text for text in kept["shown"] if random() in text or random()[::-1] in text]
        assert not telling, f"{name}: {telling}"


@pytest.fixture(scope="session")
def inside(target: Target) -> Mapping[str, Any]:
    """What came of changing what configurations were made of, and what they hold."""
    found: Mapping[str, Any] = target.probe("config_use", "inside", word=f"w{seeded_random.word()}").value
    return found


@must("CONFIG-3d", kills=("config_values_change", "config_outermost_alone_is_frozen"))
def test_nothing_that_a_configuration_holds_changes_by_it_or_by_who_gave_it(inside: Mapping[str, Any]) -> None:
    assert inside["wrong"] == []
    assert inside["aliases"] == [["default"], ["default"]]


@must("CONFIG-3d", kills="config_django_is_given_the_frozen")
def test_django_is_given_plain_dicts_and_lists(inside: Mapping[str, Any]) -> None:
    assert inside["plain"] is True


@must("CONFIG-4a", kills=("config_setup_at_every_call", "config_application_without_setup"))
@pytest.mark.parametrize(
    ("calls", "counts"),
    [(["setup", "setup", "application", "setup"], [1, 1, 1, 1]), (["application", "application"], [1, 1])],
    ids=["setup", "application"],
)
def test_configurations_are_prepared_once(target: Target, calls: list[str], counts: list[int]) -> None:
    assert target.probe("config_use", "prepared", calls=calls).value == {"counts": counts, "of the service": True}


@must("CONFIG-4a", kills="config_application_without_setup")
def test_run_prepares_the_configurations_first(target: Target) -> None:
    port = loopback.free_port(target.host)
    assert target.probe("config_use", "run", host=target.host, port=port).value == ["setup"]


@must("CONFIG-4b", kills="config_use_after_setup_accepted")
@pytest.mark.parametrize("by", ["setup", "application"])
def test_a_use_after_setup_is_an_error_naming_the_configuration(target: Target, by: str) -> None:
    found = target.probe("config_use", "too_late", by=by).value
    assert found["refused"] is not None, "it was taken"
    assert "Preference" in found["refused"]["message"]
    assert "setup" in found["refused"]["message"]
    assert found["in force"] is False


# What each of the configurations of config_all.py becomes, wherever it is used; middleware is told apart (DJANGO-1b).
EFFECTS = {
    'DjangoSettings(secret_key="...")': "{nonce}",
    'DjangoSettings(apps_package="domain")': ["domain.article"],
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
    assert found.pop(configurations.MIDDLEWARE)[:-1] == ["config_all.marking"]
    given = json.dumps(EFFECTS).replace("{nonce}", service.nonce).replace("{word}", word)
    assert found == json.loads(given)


@should("CONFIG-8", start=Start.SCRIPT, kills=("config_own_startup_forgotten", "config_own_setup_not_awaited"))
def test_a_configuration_of_ones_own_is_set_up_started_and_stopped(in_production: Life) -> None:
    (serving,) = in_production.pids("request")
    life = [event for event in in_production.of(serving) if event.startswith(("configuration", "request"))]
    word = in_production.nonce
    assert [event for event in life if event != "request"] == [
        f"configuration {word} set up",
        f"configuration {word} started",
        f"configuration {word} stopped",
    ], in_production.output
    assert life[2:-1] == ["request"] * (len(life) - 3)


@must("CONFIG-9", kills="config_path_of_the_page_not_there")
def test_every_import_path_of_the_page_works(there: Mapping[str, Any]) -> None:
    raised = {path: there["paths"][path] for path in PATHS if not isinstance(there["paths"][path], int)}
    assert raised == {}


@must("CONFIG-9", kills="config_two_classes_of_one_name")
def test_both_paths_of_one_name_are_one_object(there: Mapping[str, Any]) -> None:
    paths = there["paths"]
    for name in TWICE:
        short, long = paths[f"utilmeta.conf.{name}"], paths[f"utilmeta.conf.{name.lower()}.{name}"]
        assert isinstance(short, int), short
        assert short == long, f"{name} is two"
