"""Parameters: where they are found, what they become, and what is said when they do not."""

from __future__ import annotations

import datetime
import enum
import json
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NewType, Optional
from uuid import UUID

import pytest
import typing_extensions
from fake import Client
from pydantic import AfterValidator, BaseModel

from utilmeta.core import api, request


class Colour(enum.Enum):
    RED = "red"


class Address(BaseModel):
    city: str
    zip: int


class Person(BaseModel):
    name: str
    born: datetime.date | None = None
    home: Address | None = None


@dataclass
class Point:
    x: int
    y: int = 0


class RootAPI(api.API):
    @api.get
    def plus(self, a: int, b: int = 10) -> int:
        return a + b

    @api.get
    def typed(
        self,
        flag: bool = False,
        colour: Colour = Colour.RED,
        lang: Literal["en", "zh"] = "en",
        id: Optional[UUID] = None,  # noqa: UP045 - both spellings are to work
        day: datetime.date | None = None,
    ) -> Any:
        return [flag, colour, lang, id, day]

    @api.get
    def many(self, n: list[int], s: set[str] | None = None) -> Any:
        return [n, s]

    @api.get
    def default(self, items: list[int] = [1]) -> Any:  # noqa: B006 - it is copied
        items.append(2)
        return items

    @api.get("doc/{lang}/{page}")
    def doc(self, lang: Literal["en", "zh"], page: int = request.PathParam(default=1, ge=1)) -> Any:
        return [lang, page]

    @api.get("code/{code}")
    def code(self, code: str = request.PathParam("[a-z]{2}[0-9]+")) -> str:
        return code

    @api.get
    def headers(
        self,
        x_token: str = request.HeaderParam,
        agent: str = request.HeaderParam("User-Agent", default="none"),
        parts: list[str] = request.HeaderParam("X-Parts", default=()),
    ) -> Any:
        return [x_token, agent, parts]

    @api.get
    def counted(self, count: int = request.HeaderParam("X-Count")) -> int:
        return count

    @api.get
    def cookies(self, session: str = request.CookieParam("sessionid", length=4)) -> str:
        return session

    @api.get
    def bounded(
        self,
        n: Annotated[int, request.QueryParam("number", ge=1, le=3)],
        word: str = request.QueryParam(default="aa", regex="a+"),
        other: str | None = request.QueryParam(required=False),
    ) -> Any:
        return [n, word, other]

    @api.post
    def person(self, data: Person = request.Body) -> Any:
        return data

    @api.post
    def points(self, points: list[Point] = request.Body, scale: int = 1) -> Any:
        return [point.x * scale for point in points]

    @api.post
    def maybe(self, data: dict[str, int] = request.Body(default=None)) -> Any:
        return data

    @api.post
    def fields(self, home: Address = request.BodyParam, class_: str = request.BodyParam("class")) -> Any:
        return [home.city, class_]

    @api.get("post/{slug}")
    def slug(self, slug: str = request.SlugPathParam) -> str:
        return slug

    @api.get("file/{path}")
    def file(self, path: str = request.FilePathParam) -> str:
        return path

    @api.get("tree/{depth}/{path}")
    def tree(self, depth: int, path: str = request.FilePathParam(default="index", max_length=9)) -> Any:
        return [depth, path]

    @api.get
    def tags(self, tag: list[str] = request.QueryParam(regex="[a-z]+", max_length=2)) -> Any:
        return tag


client = Client(RootAPI)


def errors(target: str, **headers: str) -> list[tuple[str, str]]:
    answer = client.get(target, **headers)
    assert answer.status == 400, answer
    return [(error["in"], error["name"]) for error in answer.json["errors"]]


def test_query_parameters_convert_and_have_defaults() -> None:
    assert client.get("/plus?a=1&b=2").json == 3
    assert client.get("/plus?a=%31").json == 11
    assert errors("/plus?b=x") == [("query", "a"), ("query", "b")]


def test_of_a_repeated_parameter_the_last_counts_and_a_list_takes_all() -> None:
    assert client.get("/plus?a=1&a=5").json == 15
    assert client.get("/many?n=1&n=2&s=b&s=a").json == [[1, 2], ["a", "b"]]
    assert client.get("/many?n=7").json == [[7], None]
    assert errors("/many?n=1&n=x") == [("query", "n.1")]


def test_a_mutable_default_is_not_shared_between_requests() -> None:
    assert [client.get("/default").json for _ in range(2)] == [[1, 2], [1, 2]]


def test_types_are_what_pydantic_understands() -> None:
    id = "8e5bd1f8-7c1e-4ae2-bb6d-5f2f0e1a2b3c"
    query = f"/typed?flag=true&colour=red&lang=zh&id={id}&day=2024-02-29"
    assert client.get(query).json == [True, "red", "zh", id, "2024-02-29"]
    assert errors("/typed?flag=maybe&colour=blue&lang=fr&id=1&day=today") == [
        ("query", name) for name in ("flag", "colour", "lang", "id", "day")
    ]


def test_plus_is_a_space_in_the_query_and_an_empty_value_is_a_value() -> None:
    assert client.get("/bounded?number=1&other=a+b%2B").json == [1, "aa", "a b+"]
    assert client.get("/bounded?number=1&other=").json == [1, "aa", ""]


@pytest.mark.parametrize("query", ["a=%FF", "a=\xff", "a=%00", "%ED%A0%80=1"])
def test_a_query_that_is_not_utf8_or_holds_nul_is_a_bad_request(query: str) -> None:
    assert client.get(f"/plus?{query}").status == 400


def test_path_parameters_convert_and_those_with_defaults_may_be_left_out() -> None:
    assert client.get("/doc/zh/3").json == ["zh", 3]
    assert client.get("/doc/zh").json == ["zh", 1]
    assert client.get("/doc").status == 404
    assert errors("/doc/fr/0") == [("path", "lang"), ("path", "page")]


def test_a_path_parameter_that_misses_its_regex_is_not_found() -> None:
    assert client.get("/code/ab12").text == "ab12"
    assert client.get("/code/AB12").status == 404


def test_a_slug_is_words_joined_by_hyphens_and_all_else_is_not_found() -> None:
    assert client.get("/post/a-1-long-title").text == "a-1-long-title"
    for other in ("A", "a_b", "-a", "a-", "a--b", "%C3%A9"):
        assert client.get(f"/post/{other}").status == 404, other


def test_the_rest_of_a_path_is_one_parameter() -> None:
    assert client.get("/file/a/b%2Fc/d%2525.txt").text == "a/b/c/d%25.txt"
    assert client.get("/file//a//b/").text == "a/b"
    assert client.get("/file").status == client.get("/file/").status == 404
    assert client.get("/tree/3/a/b").json == [3, "a/b"]
    assert client.get("/tree/3").json == [3, "index"]
    assert errors("/tree/x/a/b/c/d/e/f") == [("path", "depth"), ("path", "path")]


@pytest.mark.parametrize("path", ["..", "a/..", "a/../b", "..%2Fa", "%2e%2E/a", "a/b/..%2f..%2fc"])
def test_no_rest_of_a_path_leads_out(path: str) -> None:
    assert client.get(f"/file/{path}").status == 404
    assert client.get("/file/a/..b/.../c..").text == "a/..b/.../c.."


def test_constraints_of_a_list_are_those_of_its_length_and_each_text() -> None:
    assert client.get("/tags?tag=a&tag=b").json == ["a", "b"]
    assert errors("/tags?tag=a&tag=1") == errors("/tags?tag=a&tag=b&tag=c") == [("query", "tag")]


def test_headers_are_found_whatever_their_case_and_by_hyphens() -> None:
    assert client.get("/headers", X_TOKEN="t", User_Agent="me", x_parts="a, b").json == ["t", "me", ["a", "b"]]
    assert client.get("/headers", X_Token="t").json == ["t", "none", []]
    assert errors("/headers") == [("header", "x-token")]
    assert errors("/counted") == [("header", "X-Count")]


def test_cookies_are_found_by_alias_and_the_first_of_a_name_counts() -> None:
    assert client.get("/cookies", Cookie='a=1; sessionid="ab\\"d"; sessionid=zzzz').text == 'ab"d'
    assert errors("/cookies", Cookie="sessionid=abcde") == [("cookie", "sessionid")]
    assert errors("/cookies") == [("cookie", "sessionid")]


def test_constraints_of_default_and_annotated_markers_hold() -> None:
    assert client.get("/bounded?number=3&word=aaa").json == [3, "aaa", None]
    assert errors("/bounded?number=4&word=ab") == [("query", "number"), ("query", "word")]


def test_a_whole_body_is_validated_and_its_errors_are_dotted() -> None:
    body = b'{"name": "Ann", "born": "2000-01-02", "home": {"city": "Oslo", "zip": 150}}'
    assert client.post("/person", body).json["born"] == "2000-01-02"
    bad = client.post("/person", b'{"home": {"zip": "x"}}').json["errors"]
    assert [error["name"] for error in bad] == ["name", "home.city", "home.zip"]
    assert client.post("/person", b"[]").json["errors"][0]["name"] == "data"


def test_a_body_goes_with_query_parameters() -> None:
    assert client.post("/points?scale=2", b'[{"x": 1}, {"x": 2, "y": 5}]').json == [2, 4]
    bad = client.post("/points?scale=z", b'[{"y": 1}]').json["errors"]
    assert [(error["in"], error["name"]) for error in bad] == [("query", "scale"), ("body", "0.x")]


def test_an_absent_body_is_missing_unless_it_has_a_default() -> None:
    assert client("POST", "/maybe").text == "null"
    assert client("POST", "/person").json["errors"] == [{"in": "body", "name": "data", "reason": "is required"}]


def test_body_fields_are_found_by_alias() -> None:
    assert client.post("/fields", b'{"home": {"city": "Rome", "zip": 1}, "class": "a"}').json == ["Rome", "a"]
    bad = client.post("/fields", b'{"home": {"city": "Rome"}}').json["errors"]
    assert [error["name"] for error in bad] == ["home.zip", "class"]


@pytest.mark.parametrize("body", [b"{", b"nul", b'{"name": "\xff"}', b'{"name": "\\ud800"}', b"[" * 900])
def test_a_body_that_is_no_json_is_a_bad_request(body: bytes) -> None:
    assert client.post("/person", body).status == 400
    assert client.post("/fields", body).status == 400


Ids = typing_extensions.TypeAliasType("Ids", list[int])
Pages = NewType("Pages", Ids)  # type: ignore[valid-newtype]
Addresses = typing_extensions.TypeAliasType("Addresses", list[Address] | None)
Either = typing_extensions.TypeAliasType("Either", Address | None)


def test_a_named_type_is_what_it_stands_for() -> None:
    class RootAPI(api.API):
        @api.get
        def search(self, ids: Ids, pages: Pages, address: Either = request.Query) -> Any:
            return [ids, pages, address and address.city]

        @api.post
        def moves(self, addresses: Addresses = request.Body) -> Any:
            return [address.city for address in addresses or ()]

    client = Client(RootAPI)
    assert client.get("/search?ids=1&pages=3&ids=2&pages=4&city=x&zip=1").json == [[1, 2], [3, 4], "x"]
    assert client.post("/moves", b'{"city": "x", "zip": 1}').json == ["x"]


class Rule(BaseModel):
    regex: re.Pattern[str]


def parsed_deeply(text: str) -> str:
    return parsed_deeply(text) if text.startswith("((") else text


Deep = Annotated[str, AfterValidator(parsed_deeply)]


class DeepRule(BaseModel):
    regex: Deep


def test_what_is_nested_too_deeply_for_its_type_is_an_offence() -> None:
    class RootAPI(api.API):
        @api.get
        def search(self, regex: re.Pattern[str]) -> str:
            return regex.pattern

        @api.post
        def body(self, rule: Rule = request.Json) -> str:
            return rule.regex.pattern

        @api.post
        def form(self, rule: Rule = request.Form) -> str:
            return rule.regex.pattern

    client = Client(RootAPI, limit=100_000)
    assert client.get("/search?regex=a.b").text == "a.b"
    deep = f"{'(' * 3000}{')' * 3000}"
    for path, body, kind in (
        ("/body", json.dumps({"regex": deep}).encode(), "application/json"),
        ("/form", f"regex={deep}".encode(), "application/x-www-form-urlencoded"),
    ):
        answer = client.post(path, body, kind)
        assert answer.status == 400, answer
        assert answer.json["errors"] == [{"in": "body", "name": "regex", "reason": "Input is nested too deeply"}]
    nested = client.get(f"/search?regex={'(' * 3000}{')' * 3000}")
    assert (nested.status, nested.json["errors"]) == (
        400,
        [{"in": "query", "name": "regex", "reason": "Input is nested too deeply"}],
    )


def test_what_is_nested_too_deeply_for_a_type_of_another_library_is_one_of_its_parameter() -> None:
    class RootAPI(api.API):
        @api.get
        def search(self, regex: Deep) -> str:
            return regex

        @api.post
        def body(self, rule: DeepRule = request.Json) -> str:
            return rule.regex

        @api.post
        def form(self, rule: DeepRule = request.Form) -> str:
            return rule.regex

    client = Client(RootAPI)
    assert client.get("/search?regex=a.b").text == "a.b"
    for answer, place, name in (
        (client.get("/search?regex=(("), "query", "regex"),
        (client.post("/body", b'{"regex": "(("}'), "body", "rule"),
        (client.post("/form", b"regex=((", "application/x-www-form-urlencoded"), "body", "rule"),
    ):
        assert answer.status == 400, answer
        assert answer.json["errors"] == [{"in": place, "name": name, "reason": "is nested too deeply"}]
