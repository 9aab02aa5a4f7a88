"""Paths and methods that no endpoint answers, below classes with handlers and templates."""

from __future__ import annotations

from typing import Any

import pytest
from fake import Client

from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.core.routing.prefixes import Prefixes
from utilmeta.core.routing.segment import parse_template
from utilmeta.utils import Error
from utilmeta.utils.exceptions import MethodNotAllowed, NotFound


class Wrapped(Response):
    result_key = "data"
    message_key = "note"


class NamedAPI(api.API):
    limit: int = request.QueryParam()

    @api.get
    def known(self) -> str:
        return "known"

    @api.handle("*", NotFound)
    async def missing(self, error: Error) -> Any:
        found = getattr(self, "limit", None)
        return {"named": error.type.__name__, "limit": found, "name": self.request.path_params["name"]}


class WrappedAPI(api.API):
    response = Wrapped

    @api.get("{number}")
    def numbered(self, number: int = request.PathParam(regex="[0-9]+")) -> int:
        return number


class HookedAPI(api.API):
    """What its after hook annotates is what errors of unknown paths are put into."""

    @api.get
    def known(self) -> str:
        return "known"

    @api.after("*")
    def wrapped(self, response: Response) -> Wrapped: ...  # type: ignore[empty-body]


class OuterAPI(api.API):
    named: NamedAPI = api.route("names/{name}")
    wrapped: WrappedAPI
    hooked: HookedAPI

    @api.get
    def known(self) -> str:
        return "known"

    @api.handle("*", MethodNotAllowed, ValueError)
    def method(self, error: Error) -> str:
        raise LookupError("in its place")

    @api.handle("*", LookupError)
    def lookup(self, error: Error) -> str:
        return f"{error.type.__name__} of {self.request.path}"


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(OuterAPI, "/api")


@pytest.mark.parametrize("route", ["", "/api"])
def test_handlers_of_the_class_and_of_those_around_are_asked(client: Client, route: str) -> None:
    expected = {"named": "NotFound", "limit": 7, "name": "a b"}
    assert client.get(f"{route}/names/a%20b/unknown/more?limit=7").json == expected
    assert client("POST", f"{route}/known").text == f"LookupError of {route}/known"
    assert client("POST", f"{route}/names/a/known?limit=1").text.startswith("LookupError")
    assert client.get(f"{route}/names/a/known?limit=1").text == "known"


def test_an_instance_that_cannot_be_made_is_a_bare_one(client: Client) -> None:
    broken = client.get("/names/a/unknown")
    assert broken.status == 400, "the handler reads a parameter that was not sent"


def test_errors_are_put_into_the_template_and_keep_status_and_headers(client: Client) -> None:
    for path in ("/wrapped", "/wrapped/1/2", "/wrapped/x", "/hooked/unknown"):
        answer = client.get(path)
        assert (answer.status, answer.json) == (404, {"data": None, "note": "No such path"})
    bare = Client(WrappedAPI)("POST", "/1")
    assert (bare.status, bare.headers["Allow"], bare.json["data"]) == (405, "GET, HEAD, OPTIONS", None)


def test_what_is_no_class_is_a_problem(client: Client) -> None:
    for path in ("/unknown", "/wrappedx", "/names"):
        assert client.get(path).headers["Content-Type"] == "application/problem+json"


def test_the_longest_prefix_is_found_and_a_fixed_one_first() -> None:
    prefixes: Prefixes[str] = Prefixes()
    for template, answer in (("", "root"), ("a", "a"), ("{n}/b", "template"), ("a/{n}/c", "deep"), ("a", "again")):
        prefixes.add(parse_template(template, {}, "label"), answer)
    assert prefixes.find([]) == ("root", {})
    assert prefixes.find(["x"]) == ("root", {})
    assert prefixes.find(["a", "x"]) == ("a", {})
    assert prefixes.find(["a", "b", "x"]) == ("template", {"n": "a"})
    assert prefixes.find(["a", "b", "c", "d"]) == ("deep", {"n": "b"})


def test_prefixes_cost_no_more_than_their_number() -> None:
    prefixes: Prefixes[str] = Prefixes()
    for depth in range(1, 13):
        for last in ("a", "{n}"):
            texts = ["a" if at % 2 else f"{{n{at}}}" for at in range(depth - 1)]
            prefixes.add(parse_template("/".join([*texts, last]), {}, "label"), f"{depth} {last}")
    found = prefixes.find(["a"] * 100_000)
    assert found is not None
    assert found[0] == "12 a"
