"""SECURITY: native middleware that refuses a path refuses it however it is written."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.checks.log import logged
from conformance.checks.malformed_requests import secret
from conformance.contract.backend import Capability
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.service import NONCE_PATH, Service
from conformance.target.target import Target

# Each spelling, and the path as the API reads it.
GUARDED = {
    "/api/admin": "/api/admin",
    "/api/admin/users": "/api/admin/users",
    "/api/admin/users/": "/api/admin/users",
    "//api//admin//users": "/api/admin/users",
    "/api//admin/users": "/api/admin/users",
    "/api/%61dmin/users": "/api/admin/users",
    "/api/%2fadmin%2Fusers": "/api/admin/users",
    "/%61pi/admin/users": "/api/admin/users",
    "/api/admin%2fusers?x=/other": "/api/admin/users",
}
WITHOUT_THE_ROOT_ROUTE = {
    "/admin/users": "/api/admin/users",
    "//admin/users": "/api/admin/users",
    "/%2fadmin/users": "/api/admin/users",
    "/%61dmin%2fusers": "/api/admin/users",
}
OTHERS = {
    "/api/%2561dmin/users": "/api/%61dmin/users",
    "/api/other/../admin/users": "/api/other/../admin/users",
    "/api/administrators": "/api/administrators",
    "/administrators": None,
    "/native/fails": None,
}


def canonical(service: Service, path: str) -> object:
    """What `canonical_path` gives for a request of this path."""
    answer = service.get(path, headers=[("X-Canonical", "1")])
    assert answer.status == 403, str(answer)
    return answer.json()["path"]


@must(
    "SECURITY-11a",
    kills=(
        "security_canonical_path_as_sent",
        "security_canonical_path_without_the_root_route",
        "security_canonical_path_of_others",
        "security_canonical_path_with_a_nul",
    ),
)
def test_a_guard_by_the_canonical_path_refuses_every_spelling(target: Target) -> None:
    service = target.shared("security_native_application", production="1", guard="1")
    spellings = {**GUARDED, **WITHOUT_THE_ROOT_ROUTE}
    for path in spellings:
        answer = service.get(path)
        assert answer.status == 403, str(answer)
        assert f"users {service.nonce}".encode() not in answer.body, str(answer)
    assert service.get("/api/nonce").text == service.nonce
    assert service.get("/nonce").text == service.nonce
    word = seeded_random.word(8)
    others = {**OTHERS, f"/{word}/admin/users": None, f"/api/{word}": f"/api/{word}"}
    for path, expected in {**spellings, **others}.items():
        assert canonical(service, path) == expected, path
    for path in (f"/api/{word}%00", f"/api/%ff{word}", "/%00"):
        assert canonical(service, path) is None, path
    for path in others:
        assert path == "/native/fails" or service.get(path).status in (400, 404), path


@must("SECURITY-11a", kills="security_canonical_path_of_others")
def test_where_the_root_route_is_strict_no_other_path_is_the_apis(target: Target) -> None:
    service = target.shared("security_native_application", production="1", guard="1", strict="1")
    for path, expected in GUARDED.items():
        assert service.get(path).status == 403, path
        assert canonical(service, path) == expected, path
    for path in WITHOUT_THE_ROOT_ROUTE:
        assert service.get(path).status == 404, path
        assert canonical(service, path) is None, path


WARNING = "strict_root_route"


def require_warned(service: Service, path: str, *, warned: bool) -> None:
    """The warning is there before any request, or is not; requests add none."""
    log = logged(service, 0, WARNING) if warned else service.output
    if warned:
        assert WARNING in log
    else:
        assert WARNING not in log
    before = log.count(WARNING)
    for _ in range(3):
        assert service.get(path).text == service.nonce
    assert service.output.count(WARNING) == before


@must(
    "SECURITY-11b",
    kills=(
        "security_guards_not_warned_of",
        "security_guards_warned_of_where_strict",
        "security_guards_warned_of_by_requests",
    ),
)
@pytest.mark.parametrize(
    ("warned", "path", "settings"),
    [(True, NONCE_PATH, {}), (False, NONCE_PATH, {"strict": "1"}), (False, "/nonce", {"route": "/"})],
)
def test_middleware_beside_a_root_route_that_may_be_left_out_is_warned_of(
    target: Target, warned: bool, path: str, settings: dict[str, Any]
) -> None:
    service = target.serve("security_native_application", ready=None, production="1", **settings)
    require_warned(service, path, warned=warned)


@must("SECURITY-11b", kills="security_guards_of_settings_not_warned_of")
def test_middleware_of_djangosettings_is_warned_of_and_no_other_is_where_there_is_none(target: Target) -> None:
    service = target.serve("security_service", ready=None, production="1", secret=secret())
    require_warned(service, NONCE_PATH, warned=target.variant.can(Capability.DJANGO_MIDDLEWARE))
