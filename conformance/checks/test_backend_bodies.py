"""BACKEND-5b and 5c: bodies that the application's own middleware has read before the endpoint."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from conformance.checks.framework_facts import FrameworkFacts
from conformance.checks.problem import REFUSALS
from conformance.checks.random_values import word
from conformance.contract.check import must
from conformance.foundation import seeded_random
from conformance.target.exchange import Exchange
from conformance.target.service import Service
from conformance.target.target import Target

URLENCODED = "application/x-www-form-urlencoded"
LIMIT = 5000  # of the scenario
# How the middleware of the scenario reads.
OF_STARLETTE = ("none", "form", "data", "part", "line")
WAYS = FrameworkFacts(
    "way to read a body",
    {
        "django": ("none", "form", "files", "data", "part", "line"),
        "flask": ("none", "form", "files", "data", "json", "part", "line"),
        "starlette": OF_STARLETTE,
        "fastapi": OF_STARLETTE,
        "sanic": ("none", "form", "files", "data", "json", "part"),
    },
)
PARSED = ("form", "files", "data")


@pytest.fixture
def bodies(target: Target) -> Service:
    return target.shared("backend_middleware_reads_body")


def post(service: Service, path: str, way: str, content_type: str, body: bytes) -> Exchange:
    return service.post(f"/api/{path}", headers=[("X-Read", way), ("Content-Type", content_type)], body=body)


def part(boundary: str, header: str, content: bytes) -> bytes:
    return f"--{boundary}\r\nContent-Disposition: form-data; {header}\r\n\r\n".encode() + content + b"\r\n"


def multipart(*parts: tuple[str, bytes]) -> tuple[str, bytes]:
    boundary = word()
    body = b"".join(part(boundary, header, content) for header, content in parts)
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()


def a_file() -> tuple[str, bytes]:
    name, content = word(), seeded_random.word(40).encode() + bytes(range(256))
    return f'name="file"; filename="{name}.bin"\r\nContent-Type: application/x-{name}', content


def each_body() -> Iterator[tuple[str, bytes]]:
    yield URLENCODED, f"a={word()}&b=%C3%BC+&b=".encode()
    yield multipart(('name="a"', word().encode()), ('name="b"', "ü ".encode()), ('name="b"', b""), a_file())
    yield "application/json", json.dumps({"a": word(), "b": [0, None, False]}).encode()
    yield "application/octet-stream", seeded_random.word(400).encode()


@must("BACKEND-5b", kills=("backend_read_stream_is_gone", "backend_read_part_is_gone"))
def test_a_body_that_middleware_has_read_is_whole(bodies: Service, target: Target) -> None:
    for way in WAYS.of(target.variant):
        for content_type, body in each_body():
            found = post(bodies, "whole", way, content_type, body).members()["body"]
            assert found.encode("latin-1") == body, f"{way}, {content_type}"


def form(*, whole: bool) -> tuple[str, tuple[str, bytes]]:
    """A value, and a form of either kind whose field `a` it is."""
    sent = word()
    return sent, multipart(('name="a"', sent.encode())) if whole else (URLENCODED, f"a={sent}".encode())


@must("BACKEND-5b", kills="backend_read_stream_is_gone")
def test_a_form_that_middleware_has_read_is_bound_in_every_way(bodies: Service, target: Target) -> None:
    for way in WAYS.of(target.variant):
        for whole in (True, False):
            sent, (content_type, body) = form(whole=whole)
            assert post(bodies, "form", way, content_type, body).members() == {"fields": {"a": sent}}, way
            assert post(bodies, "member", way, content_type, body).members() == {"a": sent}, way
            assert post(bodies, "data", way, content_type, body).members() == {"data": {"a": [sent]}}, way


@must("BACKEND-5b", kills="backend_read_body_of_any_size")
def test_a_body_that_middleware_has_read_is_within_the_limit(bodies: Service, target: Target) -> None:
    fits, passes = (b"a=" + b"b" * (size - 2) for size in (LIMIT, LIMIT + 1))
    for way in WAYS.of(target.variant):
        assert post(bodies, "whole", way, URLENCODED, fits).members()["body"].encode() == fits, way
        assert post(bodies, "whole", way, URLENCODED, passes).status in REFUSALS, way


@must("BACKEND-5c", kills="backend_read_form_below_patterns_is_gone")
@pytest.mark.parametrize("way", PARSED)
def test_below_url_patterns_a_form_that_middleware_has_read_has_its_fields(target: Target, way: str) -> None:
    service = target.shared("backend_middleware_reads_body", pattern=1)
    for whole in (True, False):
        sent, (content_type, body) = form(whole=whole)
        assert post(service, "form", way, content_type, body).members() == {"fields": {"a": sent}}
    header, content = a_file()
    content_type, body = multipart(('name="a"', b""), (header, content))
    found = post(service, "whole", way, content_type, body).members()["body"].encode("latin-1")
    for kept in (content, *header.partition("; ")[2].encode().split(b"\r\n")):
        assert kept in found, str(found)
