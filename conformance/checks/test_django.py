"""DJANGO: what a service says of Django's settings and what Django then has; and what CONFIG says of setting it up.

What the services are given stands in django_settings_cases.py.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from conformance.checks.declarations import taken
from conformance.checks.django_settings_cases import AT_ONCE, PLANTED, Told, secret, shouted, tell, word
from conformance.checks.problem import problem
from conformance.contract.backend import Capability
from conformance.contract.check import must
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target


@pytest.fixture(scope="session")
def told(target: Target) -> Told:
    """What every service answered."""
    return tell(target)


@must("DJANGO-1a", kills=("django_extra_ignored", "django_middleware_dropped"))
def test_keywords_reach_the_settings_that_they_stand_for(told: Told) -> None:
    found = told.value("keywords")
    assert found["SECRET_KEY"] == secret("key")
    assert {"django.contrib.humanize", word("app")} - set(found["INSTALLED_APPS"]) == set()
    assert {f"{word('app')}.first", f"{word('app')}.second"} - set(found["MIDDLEWARE"]) == set()
    assert found[shouted("MINE")] == word("extra")
    assert found["DATA_UPLOAD_MAX_NUMBER_FILES"] == 4711


@must("DJANGO-1c", kills=("django_middleware_dropped", "django_middleware_in_reverse"))
def test_apps_and_middleware_are_what_is_listed_in_that_order(told: Told) -> None:
    found = told.value("keywords")
    assert list(found["INSTALLED_APPS"]) == ["django.contrib.humanize", word("app")]
    assert list(found["MIDDLEWARE"]) == [f"{word('app')}.second", f"{word('app')}.first"]


@must("DJANGO-2", kills="django_apps_package_ignored")
def test_the_apps_of_a_package_are_found(told: Told) -> None:
    found = {entry.partition(".apps.")[0] for entry in told.value("whole apps")["INSTALLED_APPS"]}
    assert {f"{word('whole')}.first", f"{word('whole')}.second"} - found == set()


@must("DJANGO-2b", kills=("django_plain_folders_are_apps", "django_apps_by_apps_py_alone"))
def test_every_app_directly_in_a_package_is_found_and_nothing_else(told: Told) -> None:
    names = ("with_apps", "with_models", "with_model_package", word("app"))
    found = [entry.partition(".apps.")[0] for entry in told.value("apps_package")["INSTALLED_APPS"]]
    ours = [entry for entry in found if entry.startswith(word("package"))]
    assert sorted(ours) == sorted(f"{word('package')}.{name}" for name in names)


@must("DJANGO-3a", kills="django_module_name_ignored")
def test_the_module_that_is_named_is_the_settings_module(told: Told) -> None:
    found = told.value("module alone")
    assert found[shouted("MINE")] == word("module")
    assert found["DATA_UPLOAD_MAX_NUMBER_FILES"] == 42


@must("DJANGO-3c", kills="django_settings_module_unsaid")
@pytest.mark.parametrize("case", ["module", "module imported before"])
def test_the_settings_module_is_imported_once_and_the_environment_says_so(told: Told, case: str) -> None:
    module = f"{word('package')}.{word('module')}"
    found = told.value(case)
    assert found[shouted("MINE")] == word("module")
    assert found["imported"] == [module], "it is imported, and once"
    assert found["variable"] == module
    assert found[shouted("OWN")] is None, "the module of the service is not the settings module"
    assert found["CHANGED"] == (1 if case == "module imported before" else None)


@must("DJANGO-3c", kills="django_module_that_is_not_there_ignored")
def test_a_settings_module_that_is_not_there_is_named(told: Told) -> None:
    assert word("nowhere") in told.refusal("no such module")


@must("DJANGO-3b", kills="django_environment_ignored")
def test_a_module_that_the_environment_names_is_the_settings_module(told: Told) -> None:
    found = told.value("module of the environment")
    assert found[shouted("MINE")] == word("module")
    assert found["imported"] == [f"{word('package')}.{word('module')}"]
    assert found["variable"] == f"{word('package')}.{word('module')}"
    assert found[shouted("OWN")] is None


@must("DJANGO-4", kills="django_module_of_the_service_ignored")
def test_the_module_of_the_service_is_the_settings_module(told: Told) -> None:
    found = told.value("declaring")
    assert found[shouted("OWN")] == word("own")
    assert found["DATA_UPLOAD_MAX_NUMBER_FILES"] == 42


@must("DJANGO-4b", kills="django_module_of_the_service_imported_again")
def test_the_live_module_of_the_service_is_the_settings_module(told: Told) -> None:
    found = told.value("live module")
    assert found[shouted("OWN")] == word("own")
    assert found["DATA_UPLOAD_MAX_NUMBER_FILES"] == 42
    assert found["BEGAN"] == 1


@must("DJANGO-5a", kills="django_module_wins_over_keywords")
def test_a_keyword_wins_over_the_settings_module(told: Told) -> None:
    found = told.value("keywords over a module")
    assert found["SECRET_KEY"] == secret("key")
    assert found["DATA_UPLOAD_MAX_NUMBER_FILES"] == 4711
    assert found[shouted("MINE")] == word("module"), "what no keyword says is the module's"


@must("DJANGO-5a", kills="django_defaults_win_over_the_module")
def test_the_settings_module_wins_over_defaults(told: Told) -> None:
    found = told.value("module")
    assert found["SECRET_KEY"] == secret("modulekey")
    assert list(found["ALLOWED_HOSTS"]) == ["example.org"]


CONTRADICTIONS = {
    "keyword and extra": ("SECRET_KEY", "secret_key", "extra"),
    "both allowed_hosts": ("ALLOWED_HOSTS", "UtilMeta", "DjangoSettings"),
    "debug of a module": ("DEBUG", "production", "django_settings"),
    "two modules": ("module_name", "DJANGO_SETTINGS_MODULE"),
}


@must("DJANGO-5b", kills=("django_first_of_two_wins", "django_environment_ignored"))
@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_two_sources_that_contradict_each_other_are_an_error_naming_both(told: Told, case: str) -> None:
    message = told.refusal(case)
    for part in CONTRADICTIONS[case]:
        assert part in message
    if case == "two modules":
        assert word("nowhere") in message
        assert f"{word('package')}.{word('module')}" in message
    for value in (secret("key"), secret("other"), "example.com"):
        assert value not in message


@must("DJANGO-5c", kills="django_configured_settings_replaced")
def test_settings_that_the_user_has_configured_stay_in_force(told: Told) -> None:
    found = told.value("configured by hand")
    assert found["configured before"] is True
    assert found["SECRET_KEY"] == secret("theirs")
    assert found[shouted("MINE")] == word("theirs")
    assert list(found["INSTALLED_APPS"]) == ["django.contrib.humanize"]
    assert found[shouted("OWN")] == word("own"), "what can still be applied"


@must("DJANGO-5c", kills="django_apps_too_late_taken")
def test_what_cannot_be_applied_any_more_is_an_error_that_says_so(told: Told) -> None:
    assert "INSTALLED_APPS" in told.refusal("apps too late")


@must("DJANGO-5d", kills=("django_command_without_sources", "django_command_shows_the_defaults"))
def test_the_command_shows_each_setting_that_differs_with_its_source(told: Told) -> None:
    found = told.value("command")
    assert found["status"] in (0, None), found
    output = found["output"]
    assert word("module") in line_about(shouted("MINE"), output)
    assert word("server") in line_about(shouted("MINE"), output), "the module says it"
    assert word("server") in line_about("SECRET_KEY", output)
    assert "DjangoSettings" in line_about("ADDRESS", output)
    assert "production" in line_about("DEBUG", output)
    assert line_about("DATA_UPLOAD_MAX_NUMBER_FIELDS", output) == ""


def line_about(setting: str, output: str) -> str:
    """The lines of the command's output that name a setting."""
    return "\n".join(line for line in output.splitlines() if re.search(rf"\b{setting}\b", line))


@must("DJANGO-5d", kills=("django_command_shows_passwords", "django_command_shows_credentials"))
def test_the_command_shows_no_secret(told: Told) -> None:
    found = told.value("command")
    assert ":memory:" in found["output"], found
    assert "redis://" in found["output"], found
    assert secret("hidden") not in found["output"] + found["errors"]


@must("DJANGO-5e", kills="django_command_takes_any_name")
def test_the_command_names_a_reference_that_leads_nowhere(told: Told) -> None:
    found = told.value("command astray")
    assert found["status"] not in (0, None), found
    assert word("nobody") in found["errors"]


@must("DJANGO-6a", kills="django_key_made_in_production")
@pytest.mark.parametrize("case", ["without a key", "with an empty key"])
def test_in_production_a_missing_secret_key_is_an_error_with_the_cure(told: Told, case: str) -> None:
    assert "secret_key" in told.refusal(case)


@must("DJANGO-6b", kills="django_key_of_each_process")
def test_in_development_all_workers_and_later_runs_have_the_same_random_key(told: Told) -> None:
    again = told.value("key again")["key"]
    assert {told.value(f"{name} key")["key"] for name in AT_ONCE} == {again}
    assert len(again) >= 32


@must("DJANGO-6b", kills="django_key_derived_from_the_path")
def test_a_key_is_derived_from_nothing(told: Told) -> None:
    key = told.value("key again")["key"]
    assert told.value("key of another user")["key"] != key, "of the same project"
    assert told.value("key of another project")["key"] != key


@must("DJANGO-6b", kills=("django_key_for_all_to_read", "django_key_kept_in_the_project"))
def test_the_key_is_kept_for_its_user_alone_in_the_state_directory(told: Told) -> None:
    found = told.value("key again")
    assert found["files"] == ["0o600"]
    assert found["folders"] == ["0o700"]
    assert found["in the project"] == []


@must(
    "SECURITY-13a",
    kills=(
        "security_key_of_a_link",
        "security_key_of_a_fifo",
        "security_key_in_a_linked_directory",
        "security_key_changes_what_a_link_leads_to",
    ),
)
@pytest.mark.parametrize("kind", PLANTED)
def test_what_lies_in_place_of_the_secret_key_is_neither_followed_nor_waited_for(told: Told, kind: str) -> None:
    found = told.value(f"planted {kind}")
    assert found["planted"] > 0, "the user's state directory holds no file"
    assert found["ended"] is True, "it waited for what nobody writes"
    assert found["key"] != secret("victim"), "it took what the link leads to"
    assert found["victim"] == secret("victim"), "it wrote where the link leads to"
    assert found["beside"] == ["victim"], "it put something where the link leads to"
    assert found["modes"] == ["0o751", "0o600"], "it changed the mode of what the link leads to"


@must("DJANGO-9", kills="django_production_is_debug")
@pytest.mark.parametrize("case", ["in production", "in development"])
def test_production_is_a_setting(told: Told, case: str) -> None:
    assert told.value(case)["PRODUCTION"] == (case == "in production")


@must("CONFIG-5", kills="config_django_set_up_when_used")
def test_models_import_after_setup_and_not_before(told: Told) -> None:
    found = told.value("models")
    assert found["before"] is not None, "they were imported before setup()"
    assert "django.core.exceptions.ImproperlyConfigured" in found["before"]["types"]
    assert "settings are not configured" in found["before"]["message"]
    assert found["rows"] == [word("row")]


@must("CONFIG-6", kills="config_django_waits_for_its_settings")
@pytest.mark.parametrize("case", ["keywords", "no DjangoSettings"])
def test_setup_configures_django_with_and_without_its_settings(told: Told, case: str) -> None:
    found = told.value(case)
    assert found["configured before"] is False
    assert found["configured after"] is True


@must("CONFIG-6b", kills="django_module_of_the_service_ignored")
def test_without_its_settings_the_module_of_the_service_is_the_settings_module(told: Told) -> None:
    assert told.value("no DjangoSettings")["BEGAN"] == 1


# What follows is asked over HTTP.


def host() -> str:
    return f"{word('h')}.example"


def hosts(target: Target) -> str:
    """A name, a domain and what is below it, and what it is called when nothing is said."""
    return f"{host().upper()},.{word('d')}.example,localhost,{target.host}"


@pytest.fixture
def marked(target: Target) -> Service:
    """With Django's middleware that marks responses, in DjangoSettings on every backend."""
    with taken():
        return target.shared("django_hosts", settings=1, middleware=1)


@pytest.fixture(params=["settings", "service"])
def hosted(request: pytest.FixtureRequest, target: Target) -> Service:
    """One in production that is told its hosts by DjangoSettings, or by UtilMeta."""
    with taken():
        if request.param == "settings":
            more: dict[str, Any] = {"settings": 1, "middleware": 1, "hosts": hosts(target)}
            return target.shared("django_hosts", production=1, **more)
        return target.shared("django_hosts", production=1, middleware=1, service_hosts=hosts(target))


def asked_as(service: Service, name: str, path: str = "/api/nonce", **headers: str) -> Exchange:
    return service.get(path, headers=[("Host", name), *headers.items()])


@must("DJANGO-7a", kills=("django_hosts_ignored_by_the_api", "django_hosts_in_lower_case_alone"))
def test_an_allowed_host_is_answered(hosted: Service) -> None:
    domain = f"{word('d')}.example"
    for name in (host(), host().upper(), f"{host()}:8000", domain, f"a.{domain}"):
        answer = asked_as(hosted, name)
        assert answer.status == 200, name
        assert answer.text == hosted.nonce
    assert asked_as(hosted, f"x{host()}").status == 400


OTHER_HOSTS = ("evil.example", "x{domain}", "{host}.evil.example", "evil.example:{host}")


def other_hosts() -> list[str]:
    return [form.format(domain=f"{word('d')}.example", host=host()) for form in OTHER_HOSTS]


@must("DJANGO-7a", kills="django_hosts_ignored_by_the_api")
def test_another_host_is_a_bad_request_before_the_endpoint(hosted: Service) -> None:
    sent = word("never")
    for name in other_hosts():
        assert asked_as(hosted, name, f"/api/seen/{sent}").status == 400, name
    assert sent not in hosted.get("/api/words").json()["seen"]


@must("DJANGO-7c", kills="django_host_refused_by_django")
def test_the_answer_to_another_host_is_a_problem(hosted: Service) -> None:
    for name in other_hosts():
        problem(asked_as(hosted, name), 400)


@pytest.fixture
def unhosted(target: Target) -> Service:
    """In production, with no word of hosts."""
    return target.shared("django_hosts", production=1)


@must("DJANGO-7b", kills="service_host_names_refused")
def test_without_allowed_hosts_what_nginx_passes_on_is_answered(unhosted: Service) -> None:
    nginx = {"X-Forwarded-For": "203.0.113.7", "REMOTE_ADDR": "203.0.113.7"}
    for name in ("example.com", host()):
        answer = asked_as(unhosted, name, **nginx)
        assert answer.status == 200, name
        assert answer.text == unhosted.nonce


@must("DJANGO-7b", kills=("django_hosts_without_a_warning", "django_hosts_warned_of_at_every_request"))
def test_without_allowed_hosts_there_is_one_warning_in_production(unhosted: Service) -> None:
    unhosted.get("/api/nonce")
    warned = unhosted.output.count("allowed_hosts")
    assert warned > 0
    for _ in range(3):
        unhosted.get("/api/nonce")
    assert unhosted.output.count("allowed_hosts") == warned


@must("DJANGO-8", kills="django_set_up_on_django_alone")
def test_an_endpoint_uses_djangos_models(target: Target) -> None:
    with taken():
        service = target.shared("django_documented")
    before = kept(service)
    assert set(before) == {service.nonce}
    assert kept(service) == [*before, service.nonce]


def kept(service: Service) -> list[str]:
    """What the service has kept, when it has kept its nonce once more."""
    answer = service.get("/api/keep")
    assert answer.status == 200, str(answer)
    return answer.text.strip('"').split()


@must("DJANGO-1b", kills=("django_middleware_dropped", "django_middleware_in_reverse"))
def test_middleware_runs_on_django_and_is_a_setting_elsewhere(marked: Service, target: Target) -> None:
    expected = "inner outer" if target.variant.can(Capability.DJANGO_MIDDLEWARE) else None
    for path in ("/api/nonce", f"/api/{word('nowhere')}"):
        assert marked.get(path).header("x-marks") == expected
