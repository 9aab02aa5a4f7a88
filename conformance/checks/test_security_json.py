"""SECURITY-7: bodies that are costly by size, by number of values, or by their hashes (security_costly_bodies.py)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from conformance.checks.random_values import identifier, number, word
from conformance.checks.raw_requests import CLOSE, raw
from conformance.checks.result import result
from conformance.checks.server import decodes_chunks
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.foundation.exceptions import ServiceHung
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

LIMIT = 1000
MAX_BODY_SIZE = 3000
DEFAULT_SIZE = 2621440  # 2.5 MiB
VALUES = 50
DEFAULT_VALUES = 20_000

JSON = "application/json"
TEXT = "text/plain"

MODULUS = 2**61 - 1  # of Python's hash of a number
TIMES, MORE_SECONDS = 10, 1.0  # that the worst values may take longer than any others, and beside that


def sent(service: Service, path: str, body: bytes, kind: str = JSON) -> Exchange:
    return service.post(f"/api/{path}", body=body, headers=[("Content-Type", kind)])


def names(answer: Exchange, keyword: str) -> None:
    """The answer is a 413 that names the keyword."""
    assert answer.status == 413
    assert keyword in answer.text


def padded(data: Any, size: int) -> bytes:
    return json.dumps(data).encode().ljust(size)


@pytest.fixture
def small(target: Target) -> Service:
    """With a limit of JSON that is below that of bodies."""
    return target.shared("security_costly_bodies", max_body_size=MAX_BODY_SIZE, max_json_size=LIMIT)


@must("SECURITY-7a", kills="security_json_of_any_size")
def test_json_of_just_the_limit_is_taken_and_one_byte_more_is_not(small: Service) -> None:
    data = [word() for _ in range(3)]
    for path, content in (("whole", data), ("undeclared", data), ("field", {"data": data})):
        for kind in (JSON, "application/json; charset=utf-8"):
            assert result(sent(small, path, padded(content, LIMIT), kind)) == {"length": len(data)}
            names(sent(small, path, padded(content, LIMIT + 1), kind), "max_json_size")
            names(sent(small, path, padded(content, MAX_BODY_SIZE), kind), "max_json_size")
    assert sent(small, "whole", padded(data, MAX_BODY_SIZE + 1)).status == 413


@must("SECURITY-7a", kills="security_json_limit_of_every_body")
def test_other_bodies_have_the_limit_of_bodies_alone(small: Service) -> None:
    text, prefix = word() * (MAX_BODY_SIZE // 13), "data="
    assert result(sent(small, "text", text.encode(), TEXT)) == {"length": len(text)}
    assert result(sent(small, "undeclared", text.encode(), TEXT)) == {"length": len(text)}
    form = (prefix + text)[:MAX_BODY_SIZE].encode()
    assert result(sent(small, "field", form, "application/x-www-form-urlencoded")) == {"length": 1}
    for path in ("text", "undeclared"):
        assert sent(small, path, b"a" * (MAX_BODY_SIZE + 1), TEXT).status == 413


@must("SECURITY-7a", kills="security_json_of_any_size")
def test_json_in_chunks_is_refused_too(small: Service) -> None:
    part = padded([word()], LIMIT // 2 + 1)
    coded = b"".join(b"%x\r\n%s\r\n" % (len(each), each) for each in (part, b" " * len(part))) + b"0\r\n\r\n"
    head = (("Content-Type", JSON), ("Transfer-Encoding", "chunked"), CLOSE)
    answer = small.send(raw("POST", "/api/whole", *head, body=coded), "POST")
    if decodes_chunks(small):
        names(answer, "max_json_size")
    else:
        assert answer.status == 411  # the server takes none (ROUTE-6), however large


@must("SECURITY-7a", kills=("security_json_of_any_size", "security_json_of_a_mebibyte"))
def test_the_limit_of_json_is_two_and_a_half_mebibytes_unless_given(target: Target) -> None:
    service, data = target.shared("security_costly_bodies"), [word()]
    assert result(sent(service, "whole", padded(data, DEFAULT_SIZE))) == {"length": 1}
    names(sent(service, "whole", padded(data, DEFAULT_SIZE + 1)), "max_json_size")


@must("SECURITY-7a", kills="security_json_above_bodies")
def test_the_limit_of_json_is_never_above_that_of_bodies(target: Target) -> None:
    service, data = target.shared("security_costly_bodies", max_body_size=LIMIT), [word()]
    assert result(sent(service, "whole", padded(data, LIMIT))) == {"length": 1}
    assert sent(service, "whole", padded(data, LIMIT + 1)).status == 413


# JSON of so many values, itself the first of them.
SHAPES: dict[str, Callable[[int], Any]] = {
    "empty ones": lambda count: [[], {}, ""] * ((count - 1) // 3) + [[]] * ((count - 1) % 3),
    "one in the other": lambda count: [SHAPES["one in the other"](count - 1)] if count > 1 else 0,
    "members": lambda count: {f"{word()}{name}": None for name in range(count - 1)},
    "members of members": lambda count: [{"a": 0, "b": False}] * ((count - 1) // 3) + [""] * ((count - 1) % 3),
    "texts that look like more": lambda count: ['[{,"\\', "\\", ",," * 50, '\\"', "[[[[[", ""] + [1.5] * (count - 7),
}


@must("SECURITY-7b", kills=("security_json_of_any_number_of_values", "security_json_values_counted_in_texts"))
@pytest.mark.parametrize("shape", SHAPES)
def test_json_of_just_as_many_values_is_taken_and_of_one_more_is_not(target: Target, shape: str) -> None:
    service, make = target.shared("security_costly_bodies", max_json_values=VALUES), SHAPES[shape]
    for indent in (None, 1):
        right = make(VALUES)
        assert result(sent(service, "whole", json.dumps(right, indent=indent).encode())) == {"length": len(right)}
        for path in ("whole", "undeclared", "field"):
            wrong = json.dumps(make(VALUES + 1), indent=indent).encode()
            names(sent(service, path, wrong), "max_json_values")


@must("SECURITY-7b", kills=("security_json_of_any_number_of_values", "security_json_of_a_thousand_values"))
def test_twenty_thousand_values_are_taken_unless_it_is_said(target: Target) -> None:
    service, most = target.shared("security_costly_bodies"), DEFAULT_VALUES - 1
    assert result(sent(service, "whole", json.dumps([0] * most).encode())) == {"length": most}
    names(sent(service, "whole", json.dumps([0] * (most + 1)).encode()), "max_json_values")


# By endpoint: so many values that each takes seconds to be compared with all others, and what is sent of the numbers.
HASHES: dict[str, tuple[int, Callable[[Sequence[int]], Any]]] = {
    "integers": (20_000, list),
    "keys": (20_000, lambda numbers: {str(each): 0 for each in numbers}),
    "identifiers": (7500, lambda numbers: {"data": [identifier(each) for each in numbers]}),
    "points": (6000, lambda numbers: {"data": {"points": [{"number": each} for each in numbers]}}),
}


@must("SECURITY-7c", kills=("security_hashes_that_a_client_chose", "security_hashes_of_what_may_be_none"))
@pytest.mark.parametrize("kind", HASHES)
def test_values_that_were_chosen_for_their_hashes_take_no_longer(target: Target, kind: str) -> None:
    service, (count, make) = target.shared("security_costly_bodies", max_json_values=50_000), HASHES[kind]
    first = 1 + seeded_random.below(1000)
    others = [MODULUS + each for each in range(first, first + count)]
    chosen = [MODULUS * each for each in range(first, first + count)]
    began = time.monotonic()
    assert result(sent(service, f"hashed/{kind}", json.dumps(make(others)).encode())) == {"count": count}
    usual = time.monotonic() - began
    began = time.monotonic()
    try:
        answer = sent(service, f"hashed/{kind}", json.dumps(make(chosen)).encode())
    except ServiceHung as hung:
        pytest.fail(f"others take {usual:.2f} s, these are not answered: {hung}")
    took = time.monotonic() - began
    assert answer.status in (200, 400)
    assert took < TIMES * usual + MORE_SECONDS, f"{took:.2f} s, others take {usual:.2f} s"


@must("SECURITY-7c", kills="security_equal_members_refused")
def test_equal_values_and_large_ones_are_taken(target: Target) -> None:
    service = target.shared("security_costly_bodies")
    large = [MODULUS + number() for _ in range(3)] + [-MODULUS, 2 * MODULUS, 2**200, -1, -2, 0]
    assert result(sent(service, "hashed/integers", json.dumps(large * 50).encode())) == {"count": len({*large})}
    assert result(sent(service, "hashed/keys", json.dumps({str(each): 1 for each in large}).encode())) == {
        "count": len({*large})
    }
