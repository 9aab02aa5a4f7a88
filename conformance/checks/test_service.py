"""SERVICE: what `UtilMeta(...)` takes, what each parameter means, and what it refuses; for what `run()` makes of it see
test_service_run.py."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.declarations import taken
from conformance.checks.result import spoken
from conformance.contract.backend import BACKENDS, Mode
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.foundation import seeded_random
from conformance.target.target import Target


def attribute(target: Target, attribute: str, **options: Any) -> Any:
    """That attribute of a service constructed with `options`."""
    return target.probe("service_construction", "attribute", attribute=attribute, **options).value


@must("SERVICE-1", kills="service_module_name_by_keyword")
def test_the_first_argument_is_the_name_of_the_module(target: Target) -> None:
    module = f"m{seeded_random.word()}"
    assert target.probe("service_construction", "in_a_module", module=module).value is None


@must("SERVICE-1b", kills="service_arguments_by_position")
def test_a_second_argument_by_position_is_a_type_error(target: Target) -> None:
    refusal = target.probe("service_construction", "positional", arguments=["module", target.variant.backend])
    assert "builtins.TypeError" in refusal.types


@must("SERVICE-1b", kills="service_unknown_keyword_ignored")
def test_an_unknown_keyword_is_a_type_error_naming_it(target: Target) -> None:
    keyword = f"k{seeded_random.word()}"
    refusal = target.probe("service_construction", "application", **{keyword: 1})
    assert "builtins.TypeError" in refusal.types
    assert keyword in refusal.message


def answers_by_its_framework(target: Target, form: str) -> None:
    """Assert that a service whose backend is given in this form is served by the framework."""
    with taken():
        service = target.serve("service_backend_forms", form=form)
    assert spoken(service.get("/api/nonce")) == service.nonce
    assert service.dispatches > 0


@must("SERVICE-2a", kills="service_backend_module_unknown")
@pytest.mark.parametrize("form", ["name", "module"])
def test_a_backend_is_given_as_module_or_name(target: Target, form: str) -> None:
    answers_by_its_framework(target, form)


@must("SERVICE-2c", "SERVICE-2d", kills="service_backend_application_unknown")
def test_a_backend_is_given_as_an_application(target: Target) -> None:
    answers_by_its_framework(target, "application")


@must("SERVICE-2b", kills="service_backend_flask_unless_given")
def test_leaving_the_backend_out_is_an_error(target: Target) -> None:
    assert "backend" in target.probe("service_construction", "without_backend").message


@must("SERVICE-3a", kills=("service_unknown_backend_without_a_list", "service_unknown_backend_installed"))
def test_an_unknown_backend_is_an_error_that_lists_the_supported_ones(target: Target) -> None:
    name = f"b{seeded_random.word()}"
    found = target.probe("service_construction", "unknown_backend", name=name).value
    assert found["message"] is not None, "no error"
    assert [expected for expected in (name, *BACKENDS) if expected not in found["message"]] == []
    assert found["seen"] == [], "something was about to be installed"


@must("SERVICE-3b", kills="service_missing_framework_without_command")
def test_a_framework_that_is_not_installed_is_an_error_with_the_pip_command(target: Target) -> None:
    message = target.probe("service_construction", "without_framework").value["message"]
    assert target.variant.backend in message.partition("pip install")[2], message


@must("PREFERENCE-10c", kills="preference_framework_installed")
def test_a_framework_is_not_installed(target: Target) -> None:
    assert target.probe("service_construction", "without_framework").value["seen"] == []


@must("SERVICE-4a", kills="service_name_in_lower_case")
@pytest.mark.parametrize(
    "form", ["n{}", "_{}", "N-{}_9", "{}-"], ids=["letter", "underscore", "mixed", "dash at the end"]
)
def test_a_name_is_kept(target: Target, form: str) -> None:
    name = form.format(f"n{seeded_random.word()}")
    assert attribute(target, "name", name=name) == name


@must("SERVICE-4a", kills="service_name_fits_at_its_beginning")
@pytest.mark.parametrize(
    "form",
    ["9{}", "-{}", "{} x", "{}.x", "{}/x", "{}é", "{}\n", ""],
    ids=["digit first", "dash first", "space", "dot", "slash", "not ASCII", "line feed at the end", "empty"],
)
def test_a_name_of_another_form_is_a_value_error(target: Target, form: str) -> None:
    nonce = f"n{seeded_random.word()}"
    refusal = target.probe("service_construction", "attribute", attribute="name", name=form.format(nonce))
    assert "builtins.ValueError" in refusal.types
    assert "name" in refusal.message
    assert not form or nonce in refusal.message


@must("SERVICE-4b", kills="service_name_begins_with_a_digit")
@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("{}", "{}"),
        ("My_{}-project", "My_{}-project"),
        ("my {}.app", "my-{}-app"),
        ("{}é_x+", "{}-_x-"),
        ("9{}", "_9{}"),
        ("9 lives {}", "_9-lives-{}"),
    ],
    ids=["plain", "mixed", "space and dot", "not ASCII", "digit first", "digit first and spaces"],
)
def test_without_a_name_it_is_the_project_directorys(target: Target, folder: str, name: str) -> None:
    nonce = f"n{seeded_random.word()}"
    assert target.probe("service_construction", "name_in", folder=folder.format(nonce)).value == name.format(nonce)


@must("SERVICE-5a", kills="service_description_of_one_word")
def test_a_description_is_taken(target: Target) -> None:
    description = f"{seeded_random.word()} {seeded_random.word()}"
    assert target.probe("service_construction", "application", description=description).value != []


@must("SERVICE-5c", kills="service_description_stripped")
def test_a_description_is_kept_as_it_was_given(target: Target) -> None:
    description = f"  {seeded_random.word()}\n\tgrüße <b>&amp;</b> "
    assert attribute(target, "description", description=description) == description


def built_debug(target: Target, production: bool | None) -> Any:
    """The debug flag of the application that UtilMeta builds, `production` left out where it is None."""
    return target.probe("service_construction", "built_debug", production=production).value


@must("SERVICE-6", kills="service_production_unless_given")
def test_production_is_false_unless_given(target: Target) -> None:
    unset, false, true = (
        target.probe("service_construction", "decided_by_production", production=production).value
        for production in (None, False, True)
    )
    assert unset == false
    assert unset != true, "production decides nothing, so that it cannot be told"


@must("SERVICE-6b", kills="service_production_unless_given")
@pytest.mark.parametrize(
    ("options", "production"),
    [({"production": None}, False), ({"production": False}, False), ({"production": True}, True)],
    ids=["unset", "false", "true"],
)
def test_production_is_told(target: Target, options: dict[str, Any], production: bool) -> None:
    assert attribute(target, "production", **options) is production


@must("SERVICE-7b", kills="service_debug_left_alone")
@pytest.mark.parametrize(
    ("production", "debug"), [(None, True), (False, True), (True, False)], ids=["unset", "false", "true"]
)
def test_the_application_is_built_in_debug_mode_unless_in_production(
    target: Target, production: bool | None, debug: bool
) -> None:
    assert built_debug(target, production) is debug


@must("SERVICE-7b", kills="service_debug_left_alone")
@pytest.mark.parametrize("production", ["0", "1"])
def test_the_debug_flag_holds_under_a_server(target: Target, production: str) -> None:
    service = target.shared("hook_journal", production=production)
    assert spoken(service.get("/api/debug")) == str(production == "0")


@must("SERVICE-8a", kills="service_injected_debug_wins")
@pytest.mark.parametrize("production", [True, False], ids=["production", "development"])
@pytest.mark.parametrize("debug", [True, False, None], ids=["debug", "no debug", "debug unset"])
def test_an_explicit_production_wins_over_an_injected_application(
    target: Target, debug: bool | None, production: bool
) -> None:
    found = target.probe("service_construction", "injected_debug", debug=debug, production=production).value
    assert found["debug"] is not production


@must("SERVICE-8b", kills="service_injected_is_not_production")
@pytest.mark.parametrize("debug", [True, False], ids=["debug", "no debug"])
def test_without_production_an_injected_applications_own_flag_counts(target: Target, debug: bool) -> None:
    found = target.probe("service_construction", "injected_debug", debug=debug).value
    assert found == {"debug": debug, "production": not debug}


@must("SERVICE-15", kills="service_version_of_text_alone")
@pytest.mark.parametrize("form", ["'{}.{}.{}'", "({}, {}, {})"], ids=["a string", "a tuple"])
def test_a_version_is_a_string_or_a_tuple(target: Target, form: str) -> None:
    assert target.probe("service_construction", "versioned", literal=form.format(*numbers())).value != []


def numbers() -> list[int]:
    """Random parts of a version."""
    return [seeded_random.below(9000) + 1000 for _ in range(4)]


@must("SERVICE-15b", kills=("service_version_as_python_writes_it", "service_version_without_zeros"))
@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("'{}.{}.{}-beta+{}'", "{}.{}.{}-beta+{}"),
        ("({}, {}, {})", "{}.{}.{}"),
        ("(0, 1, 0)", "0.1.0"),
        ("(1, 0, 0, 'rc', 1)", "1.0.0-rc.1"),
        ("({}, {}, {}, 'rc', {})", "{}.{}.{}-rc.{}"),
        ("(0, 0, 0, 'rc', 0)", "0.0.0-rc.0"),
        ("({}, 0, {}, 0, 'rc', 0, {})", "{}.0.{}-0.rc.0.{}"),
        ("''", ""),
    ],
)
def test_a_version_is_semantic_version_text(target: Target, form: str, text: str) -> None:
    parts = numbers()
    assert target.probe("service_construction", "version", literal=form.format(*parts)).value == text.format(*parts)


@must("SERVICE-15c", kills="service_version_of_any_type")
@pytest.mark.parametrize("literal", ["1.5", "7", "[0, 1, 0]", "b'1.0.2'", "{'major': 1}", "True"])
def test_a_version_of_another_type_is_a_type_error(target: Target, literal: str) -> None:
    refusal = target.probe("service_construction", "version", literal=literal)
    assert "builtins.TypeError" in refusal.types
    assert "version" in refusal.message
    assert literal in refusal.message


@must("SERVICE-16", kills="service_asynchronous_unless_given")
def test_asynchronous_unset_is_the_frameworks_own_habit(target: Target, variant: Variant) -> None:
    if variant.asynchronous:
        with taken():
            service = target.serve("service_default_mode")
        assert spoken(service.get("/api/nonce")) == service.nonce
    else:
        classes = target.probe("service_construction", "application", asynchronous=None).value
        assert variant.framework.applications[variant.mode] in classes


@must("SERVICE-16b", kills="service_asynchronous_unless_given")
def test_asynchronous_tells_the_frameworks_own_habit(target: Target) -> None:
    expected = target.backend.default_mode is Mode.ASYNC
    assert target.probe("service_construction", "default_mode").value is expected


@must("SERVICE-16b", kills="service_asynchronous_told_late")
def test_asynchronous_tells_what_was_given_and_never_changes(target: Target, variant: Variant) -> None:
    assert target.probe("service_construction", "fixed_mode").value == [variant.asynchronous] * 3


def place(target: Target, api: str) -> str:
    """Where the root API comes from that a service has when it is given as `api`."""
    with taken():
        service = target.shared("service_api_reference", api=api)
    return spoken(service.get("/api/place"))


@must("SERVICE-17a", kills="service_reference_loses_its_module")
@pytest.mark.parametrize(
    ("reference", "expected"),
    [("class", "class"), ("service_api_package.plain.RootAPI", "service_api_package.plain")],
    ids=["class", "reference"],
)
def test_an_api_is_given_as_class_or_reference(target: Target, reference: str, expected: str) -> None:
    assert place(target, reference) == expected


@must("SERVICE-17c", kills="service_reference_resolved_at_once")
def test_what_a_reference_names_is_loaded_when_the_service_is_built(target: Target) -> None:
    found = target.probe("service_construction", "loaded", module="service_api_package.plain").value
    assert found == {"constructed": False, "built": True}


@must("SERVICE-17d", kills="service_reference_resolved_at_once")
def test_a_bare_name_is_one_of_the_services_module(target: Target) -> None:
    assert place(target, "RootAPI") == "service_api_reference"


@must("SERVICE-17d", kills="service_bare_reference_in_main")
def test_a_bare_name_is_looked_up_in_the_module_that_the_first_argument_names(target: Target) -> None:
    module, name = f"m{seeded_random.word()}", f"Root{seeded_random.word()}"
    assert target.probe("service_construction", "bare_reference", module=module, name=name).value is None


@must("SERVICE-17b", kills="service_api_of_any_kind")
@pytest.mark.parametrize("literal", ["42", "['RootAPI']", "a class that is no API", "a function"])
def test_an_api_of_another_kind_is_a_type_error(target: Target, literal: str) -> None:
    refusal = target.probe("service_construction", "root_api", literal=literal)
    assert "builtins.TypeError" in refusal.types
    assert "api" in refusal.message


@must("SERVICE-17b", kills="service_dangling_reference_unnamed")
@pytest.mark.parametrize(
    "form",
    ["n{}.module.RootAPI", "service_api_package.n{}.RootAPI", "service_api_package.plain.N{}", "N{}"],
    ids=["no package", "no module", "no attribute", "no bare name"],
)
def test_a_reference_that_leads_nowhere_is_an_error_naming_it(target: Target, form: str) -> None:
    reference = form.format(seeded_random.word())
    assert reference in target.probe("service_construction", "application", api=reference).message


@must("SERVICE-18", kills="service_route_ignored")
def test_the_root_api_is_at_its_route(target: Target) -> None:
    route = f"/r{seeded_random.word()}"
    service = target.serve("service_root_route", ready=None, route=route)
    assert spoken(service.get(f"{route}/nonce")) == service.nonce
    assert spoken(service.get(f"{route}/user")) == "user"


@must("SERVICE-18", kills="service_route_api_unless_given")
def test_the_route_is_the_root_unless_given(target: Target) -> None:
    service = target.shared("service_root_route", ready=None)
    assert spoken(service.get("/nonce")) == service.nonce
    assert spoken(service.get("/user")) == "user"
    assert service.get("/api/user").text.strip('"') != "user"


@must("SERVICE-18b", kills="service_route_kept_as_given")
@pytest.mark.parametrize("form", ["/{}", "{}", "/{}/"])
def test_a_route_is_the_same_with_and_without_slashes(target: Target, form: str) -> None:
    route = f"r{seeded_random.word()}"
    service = target.serve("service_root_route", ready=None, route=form.format(route))
    assert service.get(f"/{route}/nonce").text == service.nonce
    assert service.get(f"/{route}/user").text == "user"


@must("SERVICE-18c", kills="service_route_is_a_urls_path")
@pytest.mark.parametrize("form", ["http://{}.example/api", "https://{}.example"])
def test_an_absolute_url_is_no_route(target: Target, form: str) -> None:
    url = form.format(seeded_random.word())
    refusal = target.probe("service_construction", "application", route=url)
    assert "builtins.ValueError" in refusal.types
    assert url in refusal.message


@must("SERVICE-19", kills="service_registered_when_built")
def test_the_service_of_the_process_is_imported_from_utilmeta(target: Target) -> None:
    assert target.probe("service_construction", "instance_of_the_process").value is True


@must("SERVICE-19", kills="service_registered_when_built")
def test_the_service_is_imported_inside_an_api_module(target: Target) -> None:
    with taken():
        service = target.shared("service_api_reference", api="service_api_package.endpoints.RootAPI")
    assert spoken(service.get("/api/same")) == "True at import, True in the endpoint"


@must("SERVICE-19b", kills="service_none_before_there_is_one")
def test_importing_the_service_too_early_is_an_import_error_that_says_so(target: Target) -> None:
    refusal = target.probe("service_construction", "too_early")
    assert "builtins.ImportError" in refusal.types
    assert "service" in refusal.message
    assert "UtilMeta" in refusal.message


SECOND = pytest.mark.parametrize("form", ["{0}", "{1}", None], ids=["same name", "other name", "no name"])


def names(form: str | None) -> tuple[str, dict[str, str | None]]:
    """Name of a first service, and the options of a second one."""
    first, other = f"n{seeded_random.word()}", f"n{seeded_random.word()}"
    return first, {"name": None if form is None else form.format(first, other)}


@must("SERVICE-20a", kills="service_second_accepted")
@SECOND
def test_a_second_service_is_an_error(target: Target, form: str | None) -> None:
    first, options = names(form)
    assert target.probe("service_construction", "second", first=first, **options).types != []


@must("SERVICE-20c", kills="service_second_refused_without_a_name")
@SECOND
def test_a_second_service_is_an_error_naming_the_first(target: Target, form: str | None) -> None:
    first, options = names(form)
    assert first in target.probe("service_construction", "second", first=first, **options).message


@must("SERVICE-20c", kills=("service_second_accepted", "service_second_refused_too_late"))
@SECOND
def test_after_a_second_service_the_first_stays_in_force(target: Target, form: str | None) -> None:
    first, options = names(form)
    assert target.probe("service_construction", "in_force", first=first, **options).value is True


@must("SERVICE-20b", start=Start.SCRIPT, kills="service_same_file_not_told_apart")
def test_the_same_file_imported_again_is_told_apart_with_the_cure(target: Target) -> None:
    script = target.script("service_self_import", address=(target.host, 0), wait=False)
    script.wait()
    assert script.event_names() == ["refused"], script.output
    message = script.events()[0]["message"]
    for part in ("__main__", "service_self_import", "from utilmeta import service"):
        assert part in message
