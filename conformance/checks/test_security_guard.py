"""SECURITY: native middleware that refuses a path refuses it however it is written."""

from __future__ import annotations

from typing import Any

import pytest

from conformance import chance
from conformance.check import must
from conformance.checks.log import logged
from conformance.checks.test_security_page import secret
from conformance.deadline import Deadline
from conformance.target import Target

GUARDED = (
    "/api/admin",
    "/api/admin/users",
    "/api/admin/users/",
    "//api//admin//users",
    "/api//admin/users",
    "/api/%61dmin/users",
    "/api/%2fadmin%2Fusers",
    "/%61pi/admin/users",
    "/api/admin%2fusers?x=/other",
    "/admin/users",
    "//admin/users",
    "/%2fadmin/users",
    "/%61dmin%2fusers",
)
OTHERS = ("/api/%2561dmin/users", "/api/other/../admin/users", "/administrators", "/api/administrators")
SILENCE_SECONDS = 0.2  # for a warning that does not come


@must(
    "SECURITY-11a",
    kills=(
        "security_canonical_path_as_sent",
        "security_canonical_path_without_the_root_route",
    ),
)
def test_a_guard_by_the_canonical_path_refuses_every_spelling(target: Target) -> None:
    service = target.shared("security_native", production="1", secret=secret())
    for path in GUARDED:
        answer = service.get(path)
        assert answer.status == 403, str(answer)
        assert f"users {service.nonce}".encode() not in answer.body, str(answer)
    assert service.get("/api/nonce").text == service.nonce
    assert service.get("/nonce").text == service.nonce
    for path in (*OTHERS, f"/{chance.word(8)}/admin/users", f"/api/{chance.word(8)}"):
        assert service.get(path).status == 404, path


@must("SECURITY-11a", kills="security_canonical_path_of_others")
def test_where_the_root_route_is_strict_no_other_path_is_the_apis(target: Target) -> None:
    service = target.shared("security_native", production="1", strict="1")
    for path in GUARDED[:9]:
        assert service.get(path).status == 403, path
    for path in GUARDED[9:]:
        assert service.get(path).status == 404, path


@must("SECURITY-11b", kills=("security_guards_not_warned_of", "security_guards_warned_of_where_strict"))
@pytest.mark.parametrize(("strict", "warnings"), [("0", 1), ("1", 0)])
def test_middleware_beside_a_root_route_that_may_be_left_out_is_warned_of(
    target: Target, strict: str, warnings: int
) -> None:
    settings: dict[str, Any] = {"strict": "1"} if strict == "1" else {"secret": secret()}
    service = target.shared("security_native", production="1", **settings)
    for _ in range(3):
        assert service.get("/api/nonce").status == 200
    until = None if warnings else Deadline.after(SILENCE_SECONDS)
    log = logged(service, 0, "strict_root_route", until=until)
    assert sum("strict_root_route" in line for line in log.splitlines()) == warnings, log
