"""SECURITY: forms that pages of other origins post (18)."""

from __future__ import annotations

import pytest

from conformance.checks.random_values import word
from conformance.checks.request_bodies import FORMS, of_json
from conformance.checks.result import result
from conformance.contract.check import must
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

ONE = "https://one.example"  # of security_forms.py
EMPTY = ("application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=utf-8", "multipart/form-data")
Fields = dict[str, str]


@pytest.fixture
def posted(target: Target) -> Service:
    return target.shared("security_forms")


def host(service: Service) -> str:
    return f"{service.address[0]}:{service.address[1]}"


def post(service: Service, path: str, body: bytes, kind: str, fields: Fields, method: str = "POST") -> Exchange:
    headers = [("Host", host(service)), ("Content-Type", kind), *fields.items()]
    return service.request(method, f"/api/{path}", body=body, headers=headers)


def times(service: Service) -> int:
    """How often an endpoint that takes a body was called."""
    return int(service.get("/api/times").members()["times"])


def foreign(service: Service) -> list[Fields]:
    """Headers of requests that pages of other origins make."""
    other, own = f"https://{word()}.example", f"http://{host(service)}"
    name, port = service.address
    sites = [{"Sec-Fetch-Site": site} for site in ("cross-site", "same-site")]
    origins = (other, "", "null", f"{own}.{word()}.example", f"http://{name}", f"http://{name}:{port + 1}", ONE, "x")
    return [
        *sites,
        *({**site, "Origin": origin} for site in sites for origin in (other, own)),
        *({"Origin": origin} for origin in origins),
    ]


def own(service: Service) -> list[Fields]:
    """Headers of requests that the service's own pages make, users, and programs."""
    origin, public = f"http://{host(service)}", f"https://{word()}.example"
    sites = [{"Sec-Fetch-Site": site} for site in ("same-origin", "none")]
    return [
        {},
        *sites,
        {"Origin": origin},
        *({**site, "Origin": each} for site in sites for each in (origin, public)),
        {"Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty", "Referer": f"https://{word()}.example/"},
    ]


@must(
    "SECURITY-18a",
    kills=("security_form_of_any_site", "security_form_of_any_origin", "security_form_of_an_empty_origin"),
)
def test_a_form_of_a_page_of_another_origin_is_refused(posted: Service) -> None:
    before = times(posted)
    for form in FORMS:
        body, kind = form([("word", word())])
        for fields in foreign(posted):
            for path, method in (("body", "POST"), ("hooked", "PUT")):
                answer = post(posted, path, body, kind, fields, method)
                assert answer.status == 403, f"{fields}\n{answer}"
    assert times(posted) == before, "a refused request went on"


@must("SECURITY-18a", kills="security_form_without_fields_of_any_site")
def test_a_form_without_fields_of_a_page_of_another_origin_is_refused(posted: Service) -> None:
    before = times(posted)
    for kind in EMPTY:
        for fields in foreign(posted):
            for path in ("body", "lenient/body", "lenient/optional", "lenient/listed"):
                answer = post(posted, path, b"", kind, fields)
                assert answer.status == 403, f"{path} {kind} {fields}\n{answer}"
    assert times(posted) == before, "a refused request went on"


@must("SECURITY-18a", kills="security_form_without_fields_refused")
def test_a_form_without_fields_of_the_services_own_pages_is_taken(posted: Service) -> None:
    for kind in EMPTY:
        for fields in own(posted):
            for path in ("body", "optional", "listed"):
                answer = post(posted, f"lenient/{path}", b"", kind, fields)
                assert answer.status == 200, f"{fields}\n{answer}"


@must("SECURITY-18a", kills=("security_form_of_own_pages_refused", "security_form_without_an_origin_refused"))
def test_a_form_of_the_services_own_pages_or_of_no_page_is_taken(posted: Service) -> None:
    for form in FORMS:
        for fields in own(posted):
            text = word()
            answer = post(posted, "body", *form([("word", text)]), fields)
            assert result(answer) == {"word": text}, f"{fields}\n{answer}"


@must(
    "SECURITY-18a",
    kills=(
        "security_form_of_an_allowed_origin_refused",
        "security_form_of_any_site",
        "security_form_of_an_origin_allowed_once",
    ),
)
def test_a_form_of_an_origin_that_cors_allows_is_taken(posted: Service) -> None:
    for form in FORMS:
        for fields in ({"Origin": ONE}, {"Origin": ONE, "Sec-Fetch-Site": "same-origin"}, {}):
            text = word()
            answer = post(posted, "crossed/body", *form([("word", text)]), fields)
            assert result(answer) == {"word": text}, f"{fields}\n{answer}"
        for fields in ({"Origin": ONE, "Sec-Fetch-Site": "cross-site"}, {"Origin": f"https://{word()}.example"}):
            answer = post(posted, "crossed/body", *form([("word", word())]), fields)
            assert answer.status == 403, f"{fields}\n{answer}"
        answer = post(posted, "body", *form([("word", word())]), {"Origin": ONE})
        assert answer.status == 403, f"an origin that another endpoint allows\n{answer}"


@must("SECURITY-18a", kills=("security_form_of_every_allowed_origin_refused", "security_form_of_any_site"))
def test_a_form_of_any_origin_is_taken_where_cors_allows_every_origin(posted: Service) -> None:
    for form in FORMS:
        for origin in (f"https://{word()}.example", ONE):
            text = word()
            answer = post(posted, "open/body", *form([("word", text)]), {"Origin": origin})
            assert result(answer) == {"word": text}, f"{origin}\n{answer}"
            answer = post(
                posted, "open/body", *form([("word", text)]), {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
            )
            assert answer.status == 403, f"{origin}\n{answer}"


@must("SECURITY-18b", kills=("security_json_of_other_origins_refused", "security_declared_form_of_others_refused"))
def test_json_and_a_declared_form_are_taken_from_everywhere(posted: Service) -> None:
    for fields in (*foreign(posted), *own(posted)):
        text = word()
        for path in ("body", "json"):
            answer = post(posted, path, of_json({"word": text}), "application/json", fields)
            assert result(answer) == {"word": text}, f"{path} {fields}\n{answer}"
        for form in FORMS:
            answer = post(posted, "form", *form([("word", text)]), fields)
            assert result(answer) == {"word": text}, f"{fields}\n{answer}"
        for kind in EMPTY:
            answer = post(posted, "lenient/form", b"", kind, fields)
            assert answer.status == 200, f"{fields}\n{answer}"
        answer = post(posted, "lenient/body", b"", "application/json", fields)
        assert answer.status == 200, f"{fields}\n{answer}"
