"""SECURITY: middleware of an application that the service was put into, in whatever way it was added."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.leaks import leaks
from conformance.checks.log import logged
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.service import Service
from conformance.target.target import Target

# The first one is taken unless a launch says which.
WAYS = FrameworkFacts(
    "way in which the scenario adds middleware",
    {
        "flask": ("before_request", "wsgi_app"),
        "starlette": ("middleware", "add_middleware"),
        "fastapi": ("middleware", "add_middleware"),
        "sanic": ("on_request", "register_middleware"),
        "django": ("MIDDLEWARE",),
    },
)
ACCEPTED = ((), (("Accept", "text/html"),), (("Accept", "application/json"),))


def with_middleware(target: Target, **settings: Any) -> Service:
    return target.shared("security_middleware", **settings)


def canonical(service: Service, path: str) -> object:
    """What `canonical_path` gives middleware for a request of this path."""
    answer = service.get(path, headers=[("X-Canonical", "1")])
    assert answer.status == 200, str(answer)
    return answer.json()["path"]


@must(
    "SECURITY-1b",
    kills=(
        "security_debug_page_in_place_of_the_handler",
        "security_debug_page_of_a_handler",
        "security_page_in_json_of_sanic",
        "security_flask_raises_past_the_handler",
    ),
)
@pytest.mark.parametrize("handler", ["", "answers", "raises"])
def test_middleware_that_raises_is_answered_by_the_applications_own_handler_in_whatever_form_is_asked_for(
    target: Target, handler: str
) -> None:
    developed = with_middleware(target, production="0", handler=handler)
    produced = with_middleware(target, production="1", handler=handler)
    for path in ("/api/nonce", f"/{seeded_random.word(8)}"):
        for accept in ACCEPTED:
            before = len(developed.output)
            answer = developed.get(path, headers=[("X-Raise", "1"), *accept])
            expected = produced.get(path, headers=[("X-Raise", "1"), *accept])
            assert answer.status == expected.status
            assert leaks(answer, target) == [], str(answer)
            for part in (f"raised {developed.nonce}", "NativeError"):
                assert part.encode() not in answer.received, str(answer)
            if handler != "answers":
                log = logged(developed, before, "Traceback", f"raised {developed.nonce}")
                assert "Traceback" in log, log
                assert f"raised {developed.nonce}" in log, log
            else:
                assert answer.body == f"handled {developed.nonce}".encode(), str(answer)


@must("SECURITY-11a", kills="security_canonical_path_cut_in_a_segment")
def test_an_endpoint_whose_name_begins_with_the_root_route_is_below_it(target: Target) -> None:
    service, word = with_middleware(target, production="1"), seeded_random.word(8)
    paths = {
        "/apiary": "/api/apiary",
        "/%61piary/": "/api/apiary",
        "/api/apiary": "/api/apiary",
        "/api": "/api",
        "/api/api": "/api/api",
        f"/apiary/{word}": None,
        f"/api{word}": None,
        f"/apiary{word}": None,
    }
    for path, expected in paths.items():
        assert canonical(service, path) == expected, path


@must("SECURITY-11a", kills="security_canonical_path_of_the_first_place")
def test_each_place_that_a_service_was_put_into_has_canonical_paths(target: Target) -> None:
    service = with_middleware(target, ready="/first/nonce", production="1", adapted="1")
    assert service.get("/second/api/nonce").text == service.nonce
    paths = {
        "//first/%61piary": "/first/apiary",
        "//second%2fapi//nonce/": "/second/api/nonce",
        "/second/api": "/second/api",
        "/second/api/api": "/second/api/api",
        "/nonce": None,
        "/second/nonce": None,
        f"/{seeded_random.word(8)}": None,
    }
    for path, expected in paths.items():
        assert canonical(service, path) == expected, path


@must("SECURITY-11b", kills=("security_middleware_of_wsgi_not_warned_of", "security_guards_not_warned_of"))
def test_middleware_is_warned_of_in_whatever_way_it_was_added(target: Target) -> None:
    for way in WAYS.of(target.variant):
        service = with_middleware(target, production="1", way=way)
        assert canonical(service, "//nonce") == "/api/nonce", way
        log = logged(service, 0, "strict_root_route")
        assert "strict_root_route" in log, way
