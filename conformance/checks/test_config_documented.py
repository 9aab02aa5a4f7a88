"""CONFIG: what the guides say of the arguments of a service and of its configurations, and what we add to that."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from conformance.checks.declarations import taken
from conformance.checks.result import spoken
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation import loopback, seeded_random
from conformance.foundation.deadline import START, wait_until
from conformance.foundation.exceptions import LibraryMissing, ServiceDied, ServiceHung
from conformance.target.service import Script
from conformance.target.target import Target

STILL_SECONDS = 2.0  # long enough for a restart, were there one


class Changing:
    """A running service, and the module that its word stands in."""

    def __init__(self, script: Script, file: Path, first: str) -> None:
        self.script = script
        self.file = file
        self.first = first

    def change(self) -> str:
        """Write another word into the module, and return it."""
        word = seeded_random.word()
        write(self.file, word)
        return word

    def tells(self, word: str) -> bool:
        """Whether the service answers with that word now."""
        try:
            return spoken(self.script.get("/api/word")) == word
        except (ServiceDied, ServiceHung):
            return False  # it ends, or begins


def write(file: Path, word: str) -> None:
    """Have the module hold the word, at once."""
    draft = file.with_suffix(".draft")
    draft.write_text(f"WORD = {word!r}\n")
    draft.replace(file)


@contextmanager
def changing(target: Target, **settings: Any) -> Iterator[Changing]:
    """The scenario with the setting `auto_reload`, whose word has not changed yet."""
    folder = target.folder / f"code-{seeded_random.word()}"
    folder.mkdir()
    first = seeded_random.word()
    write(folder / "changing.py", first)
    address = (target.host, loopback.free_port(target.host))
    script = target.script(
        "config_auto_reload", address=address, host=address[0], port=address[1], folder=str(folder), **settings
    )
    found = Changing(script, folder / "changing.py", first)
    assert found.tells(first), script.output
    yield found


@must("CONFIG-g1", start=Start.SCRIPT, kills="config_auto_reload_ignored")
def test_a_service_starts_anew_when_its_code_changes(target: Target) -> None:
    with changing(target, auto_reload=1) as service:
        for _ in range(2):
            word = service.change()
            assert wait_until(partial(service.tells, word), START), service.script.output


@must("CONFIG-g1", start=Start.SCRIPT, kills="config_auto_reload_always")
@pytest.mark.parametrize("off", ["0", "none"])
def test_where_that_is_off_no_service_starts_anew(target: Target, off: str) -> None:
    with changing(target, auto_reload=off) as service:
        word = service.change()
        assert not wait_until(lambda: service.tells(word), STILL_SECONDS), service.script.output
        assert service.tells(service.first), service.script.output


@must("CONFIG-10", start=Start.SCRIPT, kills="config_auto_reload_in_production")
def test_in_production_no_service_starts_anew(target: Target) -> None:
    with changing(target, auto_reload=1, production=1) as service:
        word = service.change()
        assert not wait_until(lambda: service.tells(word), STILL_SECONDS), service.script.output
        assert service.tells(service.first), service.script.output


@must("CONFIG-10", start=Start.SCRIPT, kills="config_reloaded_service_is_killed")
def test_a_service_that_started_anew_ends_with_its_hooks(target: Target) -> None:
    with changing(target, auto_reload=1) as service:
        word = service.change()
        assert wait_until(lambda: service.tells(word), START), service.script.output
        service.script.signal(signal.SIGTERM)
        service.script.wait()
        assert wait_until(lambda: f"stopped {word}" in service.script.event_names(), STILL_SECONDS), (
            service.script.output
        )


@must("CONFIG-g2", kills="config_origin_refused")
def test_an_origin_is_taken(target: Target) -> None:
    with taken():
        assert target.probe("config_documented", "origin", value=f"https://{seeded_random.word()}.example.com").value


@must(
    "CONFIG-11",
    kills=(
        "config_origin_as_it_is_given",
        "config_origin_of_hosts_of_domain_names",
        "config_origin_below_the_last_port",
    ),
)
@pytest.mark.parametrize(
    ("form", "kept"),
    [
        ("https://{}.example.com", "https://{}.example.com"),
        ("http://{}.example.com:8080/", "http://{}.example.com:8080"),
        ("http://[::1]:80", "http://[::1]:80"),
        ("http://[::1]/", "http://[::1]"),
        ("http://127.0.0.1:1", "http://127.0.0.1:1"),
        ("https://{}:65535/", "https://{}:65535"),
        ("https://A_b-c.{}.example.com", "https://A_b-c.{}.example.com"),
    ],
)
def test_the_origin_is_kept_without_its_slash(target: Target, form: str, kept: str) -> None:
    word = seeded_random.word()
    found = target.probe("config_documented", "origin", value=form.format(word)).value
    assert found["origin"] == kept.format(word)


@must("CONFIG-11", kills="config_origin_is_the_address")
def test_there_is_no_origin_unless_given(target: Target) -> None:
    assert target.probe("config_documented", "origin", value=None).value["origin"] is None


ORIGINS = (
    "{}.example.com",
    "ftp://{}.example.com",
    "https://",
    "",
    "https://{}.example.com/api",
    "https://{}.example.com?a=1",
    "https://{}.example.com#a",
    "https://me:{}@example.com",
    "https://{}.example.com:port",
    "https://{}.example.com:",
    "https://{}.example.com:0",
    "https://{}.example.com:65536",
    "https://[::1]:65536",
    "https://{}.example.com:-1",
    "https://{}.example.com:+80",
    "https://{}.example.com: 80",
    "https://{}.example.com:1_0",
    "https://{}.example.com:\uff18\uff10",
    "https://:80",
    "https://@{}.example.com",
    "https://{}.example.com//",
    "https://{}.example.com/?",
    "https://{}.example.com?",
    "https://{}.example.com#",
    "https://[::g]",
    "https://[]",
    "https:{}.example.com",
    "https://{}.example.com\b",
    "\bhttps://{}.example.com",
    "https://{}.example.com\n",
    "https://{} example.com",
    "https://{}.example.com,b",
    "https://{}.example.com;x",
    "https://{}.example.com\\x",
    "https://[::{}",
    "https:///{}.example.com",
    "//{}.example.com",
)


@must(
    "CONFIG-11",
    kills=(
        "config_origin_of_any_form",
        "config_origin_of_any_host",
        "config_origin_of_ports_as_int_has_them",
        "config_origin_with_slashes",
    ),
)
def test_what_is_no_origin_is_a_value_error(target: Target) -> None:
    values = [form.format(seeded_random.word()) for form in ORIGINS]
    found = target.probe("config_documented", "origins", values=values).value
    for value in values:
        refusal = found.get(value)
        assert refusal is not None, f"{value!r} was taken"
        assert "ValueError" in refusal["types"], f"{value!r}: {refusal}"
        assert "origin" in refusal["message"], f"{value!r}: {refusal}"


def packages() -> dict[str, list[str]]:
    """Two packages of a project, with the apps in each."""
    words = [f"p{seeded_random.word()}" for _ in range(2)]
    return {word: [f"{word}_first", f"{word}_second"] for word in words}


@must("CONFIG-g3", kills="config_first_package_alone")
def test_the_apps_of_every_package_are_found(target: Target) -> None:
    made = packages()
    with taken():
        found = target.probe("config_documented", "apps", packages=made, apps_package=list(made)).value
    expected = [f"{package}.{name}" for package, names in made.items() for name in names]
    assert [app for app in expected if app not in found] == []


@must("CONFIG-12", kills="config_apps_twice")
def test_what_is_listed_comes_first_and_nothing_is_there_twice(target: Target) -> None:
    made = packages()
    one, other = made
    listed = ["django.contrib.humanize", f"{other}.{made[other][1]}"]
    for given in ([one, other, one], [other], other):
        found = target.probe("config_documented", "apps", packages=made, apps_package=given, listed=listed).value
        found = [app for app in found if app in listed or app.partition(".")[0] in made]
        assert found[:2] == listed, given
        expected = [f"{name}.{app}" for name in made if name in given for app in made[name]]
        assert sorted(found[2:]) == sorted({*expected} - {*listed}), given


@must("CONFIG-12", kills="config_apps_listed_twice")
def test_what_is_listed_twice_is_there_once(target: Target) -> None:
    made = packages()
    apps = [f"{name}.{app}" for name in made for app in made[name]]
    for package, found_too in ((None, []), (next(iter(made)), apps[:2])):
        listed = ["django.contrib.humanize", apps[2], "django.contrib.humanize", apps[2]]
        found = target.probe("config_documented", "apps", packages=made, apps_package=package, listed=listed).value
        ours = [app for app in found if app in (*listed, *apps)]
        assert ours == [*listed[:2], *found_too], package


@must("CONFIG-12", kills="config_app_of_a_config_in_apps_alone")
def test_an_app_that_is_listed_by_its_appconfig_is_there_once(target: Target) -> None:
    made = packages()
    one, other = made
    listed = [f"{other}.{made[other][1]}.config.Own", f"{one}.{made[one][0]}.config.Own"]
    found = target.probe("config_documented", "apps", packages=made, apps_package=[one, other], listed=listed).value
    assert found[:2] == [entry.partition(".config.")[0] for entry in listed]
    apps = [f"{name}.{app}" for name in made for app in made[name]]
    assert sorted(app for app in found if app in apps) == sorted(apps)


@must("CONFIG-g5", kills="config_urls_of_django_dropped")
def test_the_urls_of_django_are_served_beside_the_api(target: Target) -> None:
    service = target.shared("config_django_urls")
    word = seeded_random.word()
    answer = service.get(f"/pages/{word}")
    assert answer.status == 200, str(answer)
    assert answer.text == f"page {word} of {service.nonce}"
    assert spoken(service.get("/api/nonce")) == service.nonce


PORTS = {"postgresql": 5432, "mysql": 3306}


def addresses(target: Target, **databases: dict[str, Any]) -> dict[str, list[Any]]:
    """Host and port of databases in Django's settings, by their aliases; `default` is one of SQLite."""
    made = {"default": {"engine": "sqlite3", "name": "notes"}, **databases}
    found: dict[str, list[Any]] = target.probe("config_documented", "addresses", databases=made).value
    return found


@must("CONFIG-g6", kills=("config_database_host_left_to_django", "config_database_of_another_port"))
def test_a_database_is_at_this_machine_and_its_engines_port(target: Target) -> None:
    engines = target.probe("config_documented", "engines").value
    if not engines:
        raise LibraryMissing("The implementation's interpreter has no driver of PostgreSQL or MySQL.")
    found = addresses(target, **{engine: {"engine": engine, "name": "notes", "user": "me"} for engine in engines})
    for engine in engines:
        host, port = found[engine]
        assert host == "127.0.0.1", engine
        assert str(port) == str(PORTS[engine]), engine


@must("CONFIG-13", kills=("config_database_host_left_to_django", "config_database_of_another_port"))
def test_a_database_is_at_this_machine_and_its_port_without_a_driver(target: Target) -> None:
    found = addresses(target, **{engine: {"engine": engine, "name": "notes"} for engine in PORTS})
    for engine, port in PORTS.items():
        assert found[engine] == ["127.0.0.1", port], engine


@must("CONFIG-13", kills="config_socket_is_an_address")
def test_a_socket_has_no_host_and_sqlite_no_address(target: Target) -> None:
    found = addresses(target, socket={"engine": "postgresql", "name": "notes", "host": ""})
    assert found["socket"][0] == ""
    assert found["default"] == ["", ""]


@must("CONFIG-g8", kills="config_time_contradicts_a_project")
def test_time_of_an_adapted_service_stands_beside_the_projects(target: Target) -> None:
    with taken():
        service = target.shared("config_time_of_project")
    year = 2000 + seeded_random.of("config time").randrange(100)
    answer = service.get(f"/api/moment/{year}")
    assert answer.status == 200, str(answer)
    assert answer.members()["at"] == f"02.01.{year} 03-04-05"


@must("CONFIG-14", kills=("config_time_replaces_the_projects", "config_time_beside_a_project_unsaid"))
def test_the_projects_settings_stay_and_one_warning_says_so(target: Target) -> None:
    service = target.shared("config_time_of_project")
    for _ in range(2):
        assert service.get("/api/project").members() == {"USE_TZ": True, "TIME_ZONE": "America/Lima"}
    said = [line for line in service.output.splitlines() if re.search(r"\bTime\b", line) and "USE_TZ" in line]
    assert len(said) == 1, service.output
    assert "TIME_ZONE" in said[0]


PREFERENCES = ("orm_on_non_exists_required_field", "orm_on_conflict_type")


@must("CONFIG-g9", kills="config_preference_of_two_texts")
def test_preferences_of_fields_are_warn_ignore_or_error(target: Target) -> None:
    keywords = [(name, value) for name in PREFERENCES for value in ("warn", "ignore", "error")]
    assert target.probe("config_documented", "preferences", keywords=keywords).value == [None] * len(keywords)


@must("CONFIG-15", kills="config_preference_of_any_text")
def test_another_text_is_a_value_error(target: Target) -> None:
    values = (seeded_random.word(), "", "Warn")
    keywords = [(name, value) for name in PREFERENCES for value in values]
    found = target.probe("config_documented", "preferences", keywords=keywords).value
    for (name, value), refusal in zip(keywords, found, strict=True):
        assert refusal is not None, f"{name}={value!r} was taken"
        assert "ValueError" in refusal["types"], refusal
        assert name in refusal["message"], refusal
