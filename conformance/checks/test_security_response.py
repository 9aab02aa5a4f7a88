"""SECURITY: a response is looked at as it is sent, however it was changed after it was built."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

import pytest

from conformance.checks.log import logged
from conformance.checks.random_values import word
from conformance.contract.backend import Capability
from conformance.contract.check import must
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

WAYS = ("endpoint", "in_place", "replaced", "template", "hooked", "plugged", "handled", "error", "native")
VALUES = (
    "{}\r\nX-Injected: {}", "{}\nX-Injected: {}", "{}\r\n\r\n{}", "{}\x00", "{}\x0b{}", "\x7f{}", "{}\x80{}", "{}\x85",
    "\x9f{}", "{}\u0100",
)  # fmt: skip
NAMES = ("X-{}: 1\r\nX-Injected", "X {}", "X-{}:", "", "X-\xe9{}", "X-{}\x00")
THOROUGH = ("endpoint", "native")
HEADERS_ALONE = ("in_place", "replaced")  # where no status is changed
TYPED = ("endpoint", "template", "hooked", "plugged", "handled")  # whose content type can be changed
STATUSES = ("600", "199", "99", "0", "-200")
# By name, two values that it may have.
SINGLE = {
    "Location": ("http://one.test/", "http://two.test/"),
    "Content-Location": ("http://one.test/", "http://two.test/"),
    "ETag": ('"one"', '"two"'),
    "Last-Modified": ("Mon, 01 Jan 2024 00:00:00 GMT", "Tue, 02 Jan 2024 00:00:00 GMT"),
    "Retry-After": ("1", "2"),
    "Access-Control-Allow-Origin": ("http://one.test", "http://two.test"),
}


@pytest.fixture
def changing(target: Target) -> Service:
    """security_changed_responses.py in production."""
    return target.shared("security_changed_responses", production=1)


def ways(target: Target) -> Iterable[str]:
    """Where a response is changed."""
    return WAYS if target.variant.can(Capability.RESPONSE_OBJECTS) else WAYS[:-1]


def asked(service: Service, way: str, what: str, text: str) -> Exchange:
    return service.get(f"/api/{way}?{urlencode({'what': what, 'text': text.encode().hex()})}")


def refused(service: Service, way: str, what: str, form: str) -> None:
    nonce = word()
    text = form.replace("{}", nonce)
    held = [nonce] if "{}" in form else []
    before = len(service.output)
    answer = asked(service, way, what, text)
    told = f"{way}, {what} {text!r}\n{answer}"
    assert answer.status == 500, told
    assert answer.header("x-injected") is None, told
    assert answer.header("x-changed") is None, told
    assert nonce.encode() not in answer.body, told
    log = logged(service, before, *held)
    assert [part for part in held if part not in log] == [], told


@must(
    "SECURITY-12a",
    kills=(
        "response_broken_header_sent",
        "security_response_looked_at_when_built",
        "security_response_refused_and_not_logged",
        "security_response_replaced_in_place_sent",
        "security_response_with_controls_of_c1",
    ),
)
def test_a_value_that_breaks_out_of_its_line_is_a_500_wherever_it_was_set(changing: Service, target: Target) -> None:
    for way in ways(target):
        for form in VALUES if way in THOROUGH else VALUES[:1]:
            if way != "native" or max(form) <= "\xff":  # which may hold bytes
                refused(changing, way, "value", form)


@must("SECURITY-12a", kills="security_response_looked_at_when_built")
def test_a_name_that_is_no_token_is_a_500_wherever_it_was_set(changing: Service, target: Target) -> None:
    for way in ways(target):
        for form in NAMES if way in THOROUGH else NAMES[:1]:
            refused(changing, way, "name", form)


@must("SECURITY-12a", kills="security_response_looked_at_when_built")
def test_a_status_that_is_none_is_a_500_wherever_it_was_set(changing: Service, target: Target) -> None:
    for way in ways(target):
        if way not in HEADERS_ALONE:
            for form in STATUSES if way in THOROUGH else STATUSES[:1]:
                refused(changing, way, "status", form)


@must("SECURITY-12a", kills="security_response_looked_at_when_built")
def test_a_content_type_that_breaks_out_of_its_line_is_a_500_wherever_it_was_set(changing: Service) -> None:
    for way in TYPED:
        refused(changing, way, "content type", VALUES[0])


@must("SECURITY-12a", kills="security_response_sent_without_what_was_changed")
def test_what_was_changed_and_can_be_sent_is_sent(changing: Service, target: Target) -> None:
    for way in ways(target):
        text = f"{word()}\t\xa0\xff"
        answer = asked(changing, way, "value", text)
        assert answer.header("x-changed") == text, f"{way}\n{answer}"
        assert asked(changing, way, "value", "").header("x-changed") == "", way
        if way not in HEADERS_ALONE:
            for status in (201, 599):
                answer = asked(changing, way, "status", str(status))
                assert answer.status == status, f"{way}\n{answer}"


@must("SECURITY-12f", kills="security_response_refused_and_not_logged")
def test_what_is_refused_is_in_the_log_under_the_id_of_its_request(changing: Service, target: Target) -> None:
    for way in ways(target):
        text, before = word(), len(changing.output)
        answer = asked(changing, way, "value", VALUES[0].replace("{}", text))
        identity = answer.header("x-request-id")
        assert identity is not None, f"{way}\n{answer}"
        log = logged(changing, before, identity, text)
        assert [part for part in (identity, text) if part not in log] == [], f"{way}\n{answer}"


@must(
    "SECURITY-12b",
    kills=(
        "security_response_repeats_the_connections_fields",
        "security_response_of_an_error_says_what_it_likes",
    ),
)
def test_fields_of_the_message_and_the_connection_are_the_services_alone(changing: Service, target: Target) -> None:
    for way in ("built", *ways(target)):
        text = word()
        answer = asked(changing, way, "reserved", text)
        assert answer.status == (409 if way == "error" else 200), f"{way}\n{answer}"
        if way != "error":
            assert changing.nonce.encode() in answer.body, f"{way}\n{answer}"
        having = [name for name, value in answer.headers if text in value]
        assert set(having) == {"x-own"}, f"{way}\n{answer}"
        lengths = answer.values("content-length")
        assert lengths in ([], [str(len(answer.body))]), f"{way}\n{answer}"


@must("SECURITY-12c", kills="security_response_has_two_locations")
def test_a_second_header_of_one_value_is_a_500(changing: Service) -> None:
    for name, values in SINGLE.items():
        for value in values:
            answer = changing.get(f"/api/single?{urlencode({'name': name, 'value': value})}")
            assert answer.status == 200
            assert answer.header(name) == value
        answer = changing.get(f"/api/single?{urlencode({'name': name, 'value': values}, doseq=True)}")
        assert answer.status == 500
        assert answer.header(name) is None


@must("SECURITY-12d", kills="security_response_keeps_an_origin")
def test_a_response_that_is_kept_has_no_header_of_another_origin(changing: Service) -> None:
    for origin in ("http://one.test", "http://two.test", None, "http://one.test"):
        headers = [] if origin is None else [("Origin", origin)]
        answer = changing.get("/api/shared", headers=headers)
        assert answer.text == changing.nonce, str(answer)
        assert answer.header("access-control-allow-origin") == origin, str(answer)


@must("SECURITY-12e", kills="security_response_of_a_transaction_sent_as_it_is")
def test_a_response_that_was_changed_in_a_transaction_is_no_other(target: Target) -> None:
    atomic = target.shared("database_atomic", served="service", production=1)
    for kind in ("json", "text"):
        for what, form in (("value", VALUES[0]), ("name", NAMES[0]), ("content type", VALUES[0]), ("status", "600")):
            refused(atomic, f"changed/{kind}", what, form)


# Where two headers are set, and what a framework needs for that.
TWO = {
    "response": Capability(0),
    "template": Capability(0),
    "error": Capability(0),
    "native": Capability.REPEATED_HEADERS,
    "native_error": Capability.EXCEPTION_HEADERS,
}


@must(
    "SECURITY-12c",
    kills=("security_response_has_two_locations_spelled_apart", "security_response_of_an_error_has_two_locations"),
)
def test_a_second_header_of_one_value_is_a_500_in_any_spelling_of_an_error_too(
    changing: Service, target: Target
) -> None:
    for way in [way for way, needed in TWO.items() if target.variant.can(needed)]:
        for name, values in SINGLE.items():
            for spelled in (name.lower(), name.upper()):
                query = urlencode({"name": (name, spelled), "value": values}, doseq=True)
                answer = changing.get(f"/api/two/{way}?{query}")
                assert answer.status == 500, way
                assert answer.header(name) is None, f"{way}\n{answer}"


@must("SECURITY-12d", kills=("security_response_keeps_an_origin", "security_response_of_a_template_keeps_an_origin"))
def test_whatever_is_kept_has_no_header_of_another_origin(changing: Service, target: Target) -> None:
    ways = ["template", "handled", "error"]
    ways += ["native"] if target.variant.can(Capability.RESPONSE_OBJECTS) else []
    ways += ["raised"] if target.variant.can(Capability.EXCEPTION_ANSWERS) else []
    for way in ways:
        for origin in ("http://one.test", None, "http://two.test", "http://one.test"):
            headers = [] if origin is None else [("Origin", origin)]
            answer = changing.get(f"/api/shared/{way}", headers=headers)
            if way != "error":
                assert changing.nonce.encode() in answer.body, f"{way}\n{answer}"
            granted = answer.values("access-control-allow-origin")
            assert granted == ([] if origin is None else [origin]), f"{way}\n{answer}"
