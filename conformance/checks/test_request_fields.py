"""REQUEST: what is around the value of a header field, which is no part of it (RFC 9110, 5.5; RFC 9112, 5.1)."""

from __future__ import annotations

import itertools
import json

import pytest

from conformance.checks.random_values import number, word
from conformance.checks.raw_requests import CLOSE, JSON, raw
from conformance.contract.check import must
from conformance.target.exchange import Exchange, send
from conformance.target.service import Service
from conformance.target.target import Target

AROUND = [("", ""), (" \t ", "\t \t"), ("", "  "), ("\t", "\t")]
WAYS = ("parameter", "mapping", "set")


@pytest.fixture
def fields(target: Target) -> Service:
    return target.shared("request_header_fields")


def get(service: Service, *sent: tuple[str, str], host: str | None = None) -> Exchange:
    named = [] if host is None else [("Host", host)]
    data = raw("GET", "/api/told", *named, *sent, CLOSE, host="localhost" if host is None else None)
    return send(service.address, data, "GET")


@must("REQUEST-20", kills="request_whitespace_around_fields_kept")
def test_whitespace_around_a_fields_value_is_no_part_of_it(fields: Service) -> None:
    values = [word(), f"{word()} \t {word()}", "0", ""]
    for value, (before, after) in itertools.product(values, AROUND):
        found = get(fields, ("X-Word", f"{before}{value}{after}")).members()
        assert {way: found[way] for way in WAYS} == dict.fromkeys(WAYS, value), f"{value!r} in {found}"
        assert found["items"] == [value], str(found)


@must("REQUEST-20", kills=("request_whitespace_around_fields_kept", "request_whitespace_around_a_length_closes"))
@pytest.mark.parametrize(("before", "after"), AROUND[-2:], ids=["spaces", "tabs"])
def test_whitespace_around_a_field_that_has_a_meaning_changes_nothing(fields: Service, before: str, after: str) -> None:
    def around(text: object) -> str:
        return f"{before}{text}{after}"

    sent, whole = word(), number()
    found = get(
        fields,
        ("X-Number", around(whole)),
        ("Cookie", around(f"crumb={sent}")),
        ("User-Agent", around(sent)),
        host=around(f"{sent}.example"),
    ).members()
    assert found["number"] == whole
    assert found["crumb"] == sent
    assert found["cookies"] == {"crumb": sent}
    assert found["agent"] == sent
    assert found["host"] == f"{sent}.example"
    body = json.dumps({"a": sent}).encode()
    framed = [("Content-Type", around("application/json")), ("Content-Length", around(len(body)))]
    answer = send(fields.address, raw("POST", "/api/sent", *framed, CLOSE, body=body), "POST")
    assert answer.status == 200, str(answer)
    assert answer.members() == {"data": {"a": sent}}, str(answer)
    for path, content in (("sent", body), ("told", b"")):
        names = []
        for length in (str(len(content)), around(len(content))):
            data = raw("POST" if content else "GET", f"/api/{path}", JSON, ("Content-Length", length), body=content)
            answer = fields.send(data, "POST" if content else "GET")
            assert answer.status == 200, str(answer)
            assert answer.members().get("data" if content else "number") == ({"a": sent} if content else 0), str(answer)
            names.append({name.lower() for name, _ in answer.headers})
        assert names[0] == names[1], f"{length!r} of {path}\n{answer}"


@must("REQUEST-20", kills="request_whitespace_between_fields_kept")
def test_whitespace_around_each_of_several_values_is_no_part_of_them(fields: Service) -> None:
    first, second = word(), word()
    found = get(fields, ("X-Many", f" {first}\t "), ("X-Many", f"\t{second} ")).members()
    assert found["many"] == [first, second], str(found)
