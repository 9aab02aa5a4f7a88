"""RUN: what `run()` starts, prints and refuses, on the lives of conftest.py."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.script_run import Life, urls
from conformance.contract.check import must
from conformance.contract.variant import Start, Variant
from conformance.target.target import Target

# Each of these stands on the main thread's stack while it serves, or one of those in parentheses.
RUNSERVER = ("django.core.management.commands.runserver:handle", "django.core.servers.basehttp:run")
ASGI_SERVERS = ("uvicorn.server:", "daphne.server:", "hypercorn.")
WAYS: FrameworkFacts[tuple[str | tuple[str, ...], ...]] = FrameworkFacts(
    "function that runs it",
    {
        "django-sync": RUNSERVER,
        "django-async": (ASGI_SERVERS,),
        "flask": ("flask.app:run", "werkzeug.serving:run_simple"),
        "starlette": ("uvicorn.server:",),
        "fastapi": ("uvicorn.server:",),
        # Where its one worker is a process of its own, that is where Sanic.run() has led.
        "sanic": (("sanic.mixins.startup:run", "sanic.worker.serve:worker_serve"),),
        "tornado": ("asyncio.runners:run",),
    },
)
# Those of native.SERVERS that are loaded; of an asynchronous Django any ASGI server, and no WSGI one.
LOADED: FrameworkFacts[set[str] | None] = FrameworkFacts(
    "server that runs it",
    {
        "django-sync": {"django.core.servers.basehttp"},
        "django-async": None,
        "flask": {"werkzeug.serving"},
        "starlette": {"uvicorn.server"},
        "fastapi": {"uvicorn.server"},
        "sanic": {"sanic.server"},
        "tornado": {"tornado.httpserver"},
    },
)


@must("RUN-1", start=Start.SCRIPT, kills="run_flask_on_uvicorn")
def test_run_starts_the_frameworks_own_way(in_development: Life, variant: Variant) -> None:
    answer = in_development.answers["/api/stack"]
    assert answer.status == 200, str(answer)
    stack = answer.json()["stack"]
    for frame in WAYS.of(variant):
        names = (frame,) if isinstance(frame, str) else frame
        assert any(entry.startswith(names) for entry in stack), f"no {' or '.join(names)} in {stack}"


@must("RUN-1", start=Start.SCRIPT, kills="run_flask_on_uvicorn")
def test_run_loads_the_frameworks_own_server_and_no_other(in_development: Life, variant: Variant) -> None:
    loaded = set(in_development.answers["/api/stack"].json()["servers"])
    expected = LOADED.of(variant)
    if expected is None:
        assert loaded & {"uvicorn.server", "daphne.server", "hypercorn"}, loaded
    else:
        assert loaded == expected


@pytest.fixture
def printing(request: pytest.FixtureRequest, target: Target) -> Life:
    """One of the lives that follow the URL they print, by its name."""
    found: Life = request.getfixturevalue(request.param)
    return found


@must("RUN-2", start=Start.SCRIPT, kills="run_prints_its_url_twice")
@pytest.mark.parametrize(
    "printing", ["in_development", "at_its_default_port", "at_every_address", "at_an_ipv6_address"], indirect=True
)
def test_run_prints_one_line_with_a_url(printing: Life) -> None:
    assert len(printing.lines_with_its_url()) == 1, printing.output


@must("RUN-2", start=Start.SCRIPT, kills="run_prints_localhost")
def test_the_url_that_run_prints_has_the_host(at_an_ipv6_address: Life) -> None:
    host, port = at_an_ipv6_address.address  # an IPv6 address, in brackets as RFC 3986 section 3.2.2 has it
    lines = at_an_ipv6_address.lines_with_its_url()
    assert lines, at_an_ipv6_address.output
    assert {url.hostname for line in lines for url in urls(line, port)} == {host}, lines


@must("RUN-2", start=Start.SCRIPT, kills="run_prints_localhost")
@pytest.mark.parametrize("printing", ["in_development", "at_its_default_port", "at_every_address"], indirect=True)
def test_the_url_that_run_prints_answers(printing: Life) -> None:
    assert "url" in printing.answers, printing.output
    answer = printing.answers["url"]
    assert (answer.status, answer.text) == (200, printing.nonce), str(answer)


@must("RUN-2", start=Start.SCRIPT, kills="run_listens_on_a_second_port")
def test_run_serves_at_its_host_and_port(in_development: Life, at_its_default_port: Life) -> None:
    assert at_its_default_port.listening == {at_its_default_port.address}
    assert in_development.answers["/api/debug"].status == 200


def in_its_server_field(life: Life) -> bool:
    return (life.answers["/api/parameter"].header("server") or "").startswith(life.nonce)


def in_a_field_of_its_own(life: Life) -> bool:
    return life.answers["/api/parameter"].header("x-word") == life.nonce


def inside(life: Life) -> bool:
    return bool(life.answers["/api/parameter"].json() == {"effective": True})


def in_a_closed_connection(life: Life) -> bool:
    kept_alive = life.answers.get("kept alive")
    return kept_alive is not None and kept_alive.header("connection") == "close"


# Where the effect of the parameters of scenarios/native_framework.py is seen.
EFFECTS: FrameworkFacts[Callable[[Life], bool]] = FrameworkFacts(
    "parameter of `run()`",
    {
        "django-sync": inside,
        "django-async": in_a_field_of_its_own,
        "flask": in_its_server_field,
        "starlette": in_a_field_of_its_own,
        "fastapi": in_a_field_of_its_own,
        "sanic": inside,
        "tornado": in_a_closed_connection,
    },
)


@must("RUN-3", start=Start.SCRIPT, kills="run_by_itself_everywhere")
def test_the_user_may_call_the_applications_own_run(run_by_itself: Life) -> None:
    assert run_by_itself.answers["/api/nonce"].text == run_by_itself.nonce
    assert run_by_itself.listening == {run_by_itself.address}


@must("RUN-3", start=Start.SCRIPT, kills="run_by_itself_without_parameters")
def test_the_applications_own_run_takes_the_frameworks_parameters(run_by_itself: Life, variant: Variant) -> None:
    assert has_its_parameters(run_by_itself, variant), str(run_by_itself.answers["/api/parameter"])


def has_its_parameters(life: Life, variant: Variant) -> bool:
    """Whether the parameters of scenarios/native_framework.py have had their effect."""
    return EFFECTS.of(variant)(life)


@must("RUN-4", start=Start.SCRIPT, kills="run_drops_parameters")
def test_run_passes_the_frameworks_parameters_on(with_parameters: Life, in_development: Life, variant: Variant) -> None:
    assert has_its_parameters(with_parameters, variant), str(with_parameters.answers["/api/parameter"])
    assert not has_its_parameters(in_development, variant), str(in_development.answers["/api/parameter"])


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
    answer = in_production.answers["/api/debug"]
    assert (answer.status, answer.json()) == (200, {"debug": False}), str(answer)
    assert len(in_production.pids("request")) == 1


@must("RUN-5", start=Start.SCRIPT, kills="run_never_in_production")
def test_in_production_a_development_server_warns(in_production: Life, variant: Variant) -> None:
    if variant.served_for_development:
        assert re.search(r"development server", in_production.output, re.IGNORECASE), in_production.output
    assert in_production.exit_status == 0, in_production.output
