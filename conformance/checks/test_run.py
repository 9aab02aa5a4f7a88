"""RUN: what `run()` starts, prints and refuses, on the lives of conftest.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.result import spoken
from conformance.checks.script_run import Life, urls
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.target.service import NONCE_PATH
from conformance.target.target import Target

# What stands on the main thread's stack while it serves: one of these beginnings of `module:function`.
WAYS: FrameworkFacts[tuple[str, ...]] = FrameworkFacts(
    "function that runs it",
    {
        "django-sync": ("django.core.management.commands.runserver:handle",),
        "django-async": ("uvicorn.server:", "daphne.server:", "hypercorn."),
        "flask": ("flask.app:run",),
        "starlette": ("uvicorn.server:",),
        "fastapi": ("uvicorn.server:",),
        # Where its one worker is a process of its own, that is where Sanic.run() has led.
        "sanic": ("sanic.mixins.startup:run", "sanic.worker.serve:worker_serve"),
        "tornado": ("asyncio.runners:run",),
    },
)


def ways(life: Life, variant: Variant) -> list[str]:
    """Entries of the main thread's stack, while it served, that show the framework's own way to run."""
    stack = spoken(life.answers["/api/stack"]).split()
    return [entry for entry in stack if entry.startswith(WAYS.of(variant))]


@must("RUN-1", start=Start.SCRIPT, kills="run_flask_on_uvicorn")
def test_run_starts_the_frameworks_own_way(interrupted: Life, variant: Variant) -> None:
    assert ways(interrupted, variant) != [], str(interrupted.answers["/api/stack"])


@must("RUN-1b", start=Start.SCRIPT, kills="run_asynchronous_django_on_wsgi")
def test_run_starts_an_asgi_server_for_asynchronous_django(in_development: Life, variant: Variant) -> None:
    assert ways(in_development, variant) != [], str(in_development.answers["/api/stack"])


@must("RUN-2", start=Start.SCRIPT, kills="service_explicit_port_forgotten")
def test_run_serves_at_its_host_and_port(interrupted: Life) -> None:
    assert interrupted.address in interrupted.listening
    assert spoken(interrupted.answers[NONCE_PATH]) == interrupted.nonce


@pytest.fixture
def printing(request: pytest.FixtureRequest, target: Target) -> Life:
    """One of the lives that follow the URL they print, by its name."""
    found: Life = request.getfixturevalue(request.param)
    return found


@must("RUN-2b", start=Start.SCRIPT, kills="run_prints_localhost")
def test_the_url_that_run_prints_has_the_host(at_an_ipv6_address: Life) -> None:
    host, port = at_an_ipv6_address.address  # an IPv6 address, in brackets as RFC 3986 section 3.2.2 has it
    assert host in [url.hostname for url in urls(at_an_ipv6_address.output, port)], at_an_ipv6_address.output


@must("RUN-2b", start=Start.SCRIPT, kills=("run_prints_localhost", "run_prints_no_url"))
@pytest.mark.parametrize("printing", ["in_development", "at_its_default_port", "at_every_address"], indirect=True)
def test_the_url_that_run_prints_answers(printing: Life) -> None:
    assert "url" in printing.answers, printing.output
    assert printing.answers["url"].text == printing.nonce, str(printing.answers["url"])


def in_its_server_field(life: Life) -> tuple[Any, Any]:
    return (life.answers["/api/parameter"].header("server") or "").partition(" ")[0], life.nonce


def in_its_fields(life: Life) -> tuple[Any, Any]:
    answer = life.answers["/api/parameter"]
    named, told = (answer.header("server") or "").startswith("uvicorn"), "GET /api/parameter" in life.output
    return (answer.header("x-word"), named, told), (life.nonce, False, True)


def inside(life: Life) -> tuple[Any, Any]:
    return spoken(life.answers["/api/parameter"]), "True"


def in_a_closed_connection(life: Life) -> tuple[Any, Any]:
    kept_alive = life.answers.get("kept alive")
    return kept_alive and kept_alive.header("connection"), "close"


# What shows the effect of the parameters of scenarios/native_framework.py, and what is expected of it.
EFFECTS: FrameworkFacts[Callable[[Life], tuple[Any, Any]]] = FrameworkFacts(
    "parameter of `run()`",
    {
        "django-sync": inside,
        "django-async": in_its_fields,
        "flask": in_its_server_field,
        "starlette": in_its_fields,
        "fastapi": in_its_fields,
        "sanic": inside,
        "tornado": in_a_closed_connection,
    },
)


@must("RUN-3", start=Start.SCRIPT, kills="run_by_itself_everywhere")
def test_the_user_may_call_the_applications_own_run(run_by_itself: Life) -> None:
    assert spoken(run_by_itself.answers[NONCE_PATH]) == run_by_itself.nonce
    assert run_by_itself.address in run_by_itself.listening


@must("RUN-3", start=Start.SCRIPT, kills="run_by_itself_without_parameters")
def test_the_applications_own_run_takes_the_frameworks_parameters(run_by_itself: Life, variant: Variant) -> None:
    came, expected = EFFECTS.of(variant)(run_by_itself)
    assert came == expected, str(run_by_itself.answers["/api/parameter"])


@must(
    "RUN-4",
    start=Start.SCRIPT,
    kills=(
        "run_drops_parameters",
        "run_drops_parameters_that_are_false",
        "run_own_values_before_those_of_uvicorn",
        "run_own_values_before_those_of_sanic",
    ),
)
def test_run_passes_the_frameworks_parameters_on(with_parameters: Life, in_development: Life, variant: Variant) -> None:
    came, expected = EFFECTS.of(variant)(with_parameters)
    assert came == expected, str(with_parameters.answers["/api/parameter"])
    came, expected = EFFECTS.of(variant)(in_development)
    assert came != expected, str(in_development.answers["/api/parameter"])


@must("RUN-4", start=Start.SCRIPT, kills="run_unknown_parameter_is_no_type_error")
def test_a_parameter_that_the_framework_does_not_know_is_a_type_error_naming_it(refused_a_parameter: Life) -> None:
    assert refused_a_parameter.exit_status not in (0, None), refused_a_parameter.output
    assert "TypeError" in refused_a_parameter.output, refused_a_parameter.output
    assert f"p{refused_a_parameter.nonce}" in refused_a_parameter.output, refused_a_parameter.output


@must("RUN-4", start=Start.SCRIPT, kills="run_leaves_unknown_parameters_to_the_framework")
def test_a_parameter_that_the_framework_does_not_know_is_refused_before_anything_starts(
    refused_a_parameter: Life,
) -> None:
    assert refused_a_parameter.events == ()
    assert refused_a_parameter.listening == frozenset()
    assert refused_a_parameter.lines_with_its_url() == []


@must("RUN-5", start=Start.SCRIPT, kills="run_never_in_production")
def test_run_works_in_production(in_production: Life) -> None:
    assert spoken(in_production.answers["/api/debug"]) == "False"


@must("RUN-5b", start=Start.SCRIPT, kills="run_never_in_production")
def test_in_production_a_development_server_warns(in_production: Life) -> None:
    assert "development" in in_production.output.lower()
