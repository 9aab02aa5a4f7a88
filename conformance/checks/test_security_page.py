"""SECURITY: what answers tell that no endpoint and no native route gives, in development above all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from conformance.checks.leaks import leaks
from conformance.checks.log import logged
from conformance.checks.malformed_requests import HTML, MALFORMED, UPGRADE, secret, sent
from conformance.checks.raw_requests import CLOSE, answered, raw
from conformance.checks.script_run import Life
from conformance.contract.check import must
from conformance.contract.variant import Start
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import Blocked
from conformance.target.exchange import Exchange
from conformance.target.service import Respondent
from conformance.target.target import Target

# Whether the service says that it is in development, or leaves it to the debug flag of its application.
DEVELOPMENT = {"said": {"production": "0"}, "by the debug flag": {}}


def require_discreet(service: Respondent, target: Target, path: str) -> None:
    require_nothing_told([answer for method, data in sent(path) if (answer := answered(service, data, method))], target)


def require_nothing_told(answers: Sequence[Exchange], target: Target) -> None:
    assert answers != [], "none of the requests is answered"
    for answer in answers:
        assert leaks(answer, target) == [], str(answer)


@must(
    "SECURITY-1a",
    kills=(
        "security_debug_page_of_django",
        "security_debug_page_of_sanic",
        "security_debug_page_of_tornado",
    ),
)
@pytest.mark.parametrize("how", DEVELOPMENT)
def test_what_no_native_route_answers_tells_nothing_of_the_service(target: Target, how: str) -> None:
    service = native(target, **DEVELOPMENT[how])
    require_discreet(service, target, "/api/nonce")
    require_discreet(service, target, f"/{seeded_random.word(8)}")
    for accept in ((), (HTML,)):
        for path in (f"/api/{seeded_random.word(8)}", f"/{seeded_random.word(8)}"):
            answer = service.get(path, headers=accept)
            assert leaks(answer, target) == [], str(answer)


@must("SECURITY-1a", start=Start.SCRIPT, kills="security_refusals_name_a_source_file")
def test_under_run_no_answer_tells_of_the_environment(target: Target, in_development: Life) -> None:
    require_nothing_told(
        [answer for what, answer in in_development.answers.items() if what.startswith(MALFORMED)], target
    )


@must(
    "SECURITY-1b",
    kills=(
        "security_debug_page_of_django",
        "security_debug_page_of_starlette",
        "security_debug_page_of_sanic",
    ),
)
@pytest.mark.parametrize("how", DEVELOPMENT)
def test_middleware_that_raises_is_answered_as_in_production(target: Target, how: str) -> None:
    developed, produced = native(target, **DEVELOPMENT[how]), native(target, production="1")
    for path in ("/api/nonce", "/api/admin/users", f"/{seeded_random.word(8)}"):
        for accept in ((), (HTML,)):
            before = len(developed.output)
            answer = developed.get(path, headers=[("X-Raise", "1"), *accept])
            expected = produced.get(path, headers=[("X-Raise", "1"), *accept])
            assert answer.status == expected.status
            assert leaks(answer, target) == [], str(answer)
            for part in (f"raised {developed.nonce}", "NativeError"):
                assert part.encode() not in answer.received, str(answer)
            log = logged(developed, before, "Traceback", f"raised {developed.nonce}")
            assert "Traceback" in log, log
            assert f"raised {developed.nonce}" in log, log


@must("SECURITY-1c", kills="security_upgrade_is_refused_by_a_page")
@pytest.mark.parametrize("production", ["0", "1"])
def test_a_request_for_an_upgrade_is_given_no_page(target: Target, production: str) -> None:
    service = target.shared("security_service", production=production)
    answer = answered(service, raw("GET", "/api/nonce", *UPGRADE))
    if answer is not None and answer.status == 200:
        assert answer.text == service.nonce
    elif answer is not None:
        assert answer.status >= 400, str(answer)
        assert answer.content_type != "text/html", str(answer)


@must("SECURITY-1d", kills="security_debug_page_of_native_routes_withheld")
@pytest.mark.parametrize("how", DEVELOPMENT)
def test_what_a_native_route_raises_is_on_the_debug_page(target: Target, how: str) -> None:
    answer = native(target, **DEVELOPMENT[how]).get("/native/fails")
    assert answer.status == 500, str(answer)
    assert b"NativeError" in answer.received, str(answer)
    assert b"Traceback" in answer.received, str(answer)


def native(target: Target, **settings: Any) -> Any:
    """The scenario, shared; its application is in debug mode unless the service says otherwise."""
    chosen: Mapping[str, Any] = {"secret": secret(), **settings}
    return target.shared("security_native_application", **chosen)


@must("SECURITY-1a", kills="security_debug_page_of_django")
@pytest.mark.parametrize("accept", ["Accept: application/json\r\n", ""])
def test_whatever_form_of_a_page_is_asked_for_it_tells_nothing_of_the_service(target: Target, accept: str) -> None:
    service, field = native(target), f"\r\n{accept}".encode()
    for path in ("/api/nonce", f"/{seeded_random.word(8)}"):
        answers: list[Exchange] = []
        for method, data in (*sent(path), ("GET", raw("GET", f"{path}/{seeded_random.word(8)}", CLOSE))):
            asked = data.replace(b"\r\nAccept: text/html\r\n", b"\r\n").replace(b"\r\n", field, 1)
            answers += filter(None, [answered(service, asked, method)])
        require_nothing_told(answers, target)


@must("SECURITY-1c", kills="security_upgrade_is_a_native_catch_alls")
@pytest.mark.parametrize("added", ["before", "after"])
def test_beside_a_native_catch_all_a_request_for_an_upgrade_is_the_apis(target: Target, added: str) -> None:
    service = target.shared("backend_injected", ready=None, served=1, catch_all=added)
    word = seeded_random.word(8)
    if f"caught {service.nonce}".encode() not in service.get(f"/{word}").body:
        raise Blocked("BACKEND-3b", "a native catch-all does not answer what the API does not know")
    answer = answered(service, raw("GET", f"/api/other/{word}", *UPGRADE))
    if answer is not None and answer.status == 200:
        assert answer.text == word
    elif answer is not None:
        assert answer.status >= 400, str(answer)
        assert answer.content_type != "text/html", str(answer)
