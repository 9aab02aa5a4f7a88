"""The route table, by its rules."""

from __future__ import annotations

import time
from typing import Any

import pytest

from utilmeta.core.request.markers import SLUG
from utilmeta.core.routing import table as route_table
from utilmeta.core.routing.segment import parse_template
from utilmeta.core.routing.table import RouteTable
from utilmeta.utils.exceptions import BadRequest, DeclarationError, MethodNotAllowed, NotFound


def table(*templates: str, root: str = "", strict: bool = False, **regexes: str) -> RouteTable[str]:
    made: RouteTable[str] = RouteTable(root, strict=strict)
    for template in templates:
        assert made.add(parse_template(template, regexes, "here"), "GET", template) is None
    return made


def found(made: RouteTable[str], path: str) -> Any:
    return made.find(path.encode(), "GET")


@pytest.mark.parametrize("order", [("users/{id}", "users/me"), ("users/me", "users/{id}")])
def test_a_fixed_path_wins_over_a_template_however_declared(order: tuple[str, ...]) -> None:
    made = table(*order)
    assert found(made, "/users/me") == ("users/me", {})
    assert found(made, "/users/7") == ("users/{id}", {"id": "7"})


def test_a_walk_that_leads_nowhere_comes_back_to_the_template() -> None:
    made = table("a/b/d", "a/{x}/c", "{p}/b/e")
    assert found(made, "/a/b/c") == ("a/{x}/c", {"x": "b"})
    assert found(made, "/a/b/e") == ("{p}/b/e", {"p": "a"})
    assert found(made, "/a/b/d") == ("a/b/d", {})


def test_a_template_with_a_regex_is_tried_before_a_bare_one_and_its_miss_is_not_found() -> None:
    made = table("{slug}", "{code}", code="[0-9]+")
    assert found(made, "/12") == ("{code}", {"code": "12"})
    assert found(made, "/ab") == ("{slug}", {"slug": "ab"})
    with pytest.raises(NotFound):
        found(table("{code}", code="[0-9]+"), "/ab")


def test_the_rest_of_a_path_is_tried_last() -> None:
    made: RouteTable[str] = RouteTable()
    for template in ("{path}", "a/{path}", "a/{name}/info", "a/fixed"):
        assert made.add(parse_template(template, {}, "here", {"path"}), "GET", template) is None
    assert found(made, "/a/fixed") == ("a/fixed", {})
    assert found(made, "/a/b/info") == ("a/{name}/info", {"name": "b"})
    assert found(made, "/a/b/other") == ("a/{path}", {"path": "b/other"})
    assert found(made, "/b/c/d") == ("{path}", {"path": "b/c/d"})
    with pytest.raises(NotFound):
        found(made, "/")
    assert made.add(parse_template("a/{path}", {}, "here", {"path"}), "GET", "other") == "a/{path}"


def test_a_segment_may_hold_several_names_and_literal_text() -> None:
    assert found(table("v{major}.{minor}"), "/v1.20") == ("v{major}.{minor}", {"major": "1", "minor": "20"})


def test_the_path_decides_before_the_method() -> None:
    made: RouteTable[str] = RouteTable()
    made.add(["item", "new"], "POST", "create")
    made.add(parse_template("item/{id}", {}, "here"), "GET", "read")
    with pytest.raises(MethodNotAllowed) as refused:
        made.find(b"/item/new", "GET")
    assert refused.value.headers == {"Allow": "POST"}


def test_names_are_those_of_the_method_that_answers() -> None:
    made: RouteTable[str] = RouteTable()
    made.add(parse_template("{id}", {}, "here"), "GET", "get")
    made.add(parse_template("{name}", {}, "here"), "PUT", "put")
    assert made.find(b"/x", "GET") == ("get", {"id": "x"})
    assert made.find(b"/x", "PUT") == ("put", {"name": "x"})


def test_a_second_answer_for_one_path_and_method_is_refused_whatever_its_names() -> None:
    made = table("item/{id}")
    assert made.add(parse_template("item/{name}", {}, "here"), "GET", "other") == "item/{id}"


@pytest.mark.parametrize("path", ["/a/b", "/a/b/", "//a//b//", "a/b"])
def test_empty_segments_and_a_trailing_slash_are_dropped(path: str) -> None:
    assert found(table("a/b"), path) == ("a/b", {})


def test_dots_are_ordinary_segments() -> None:
    assert found(table("a/{x}"), "/a/..") == ("a/{x}", {"x": ".."})
    with pytest.raises(NotFound):
        found(table("a"), "/b/../a")


@pytest.mark.parametrize("path", [b"/a\xff", b"/a\x00", b"/\xed\xa0\x80"])
def test_a_path_that_is_not_utf8_or_holds_nul_is_a_bad_request(path: bytes) -> None:
    with pytest.raises(BadRequest):
        table("{x}").find(path, "GET")


def test_the_root_route_is_taken_off_first_on_a_segment_boundary() -> None:
    made = table("user", "api/user", root="/api")
    assert found(made, "/api/user") == ("user", {})
    assert found(made, "/user") == ("user", {})
    assert found(made, "/api/api/user") == ("api/user", {})
    with pytest.raises(NotFound):
        found(made, "/apiary/user")
    assert set(made.fixed) == {"/api/user", "/user", "/api/api/user"}


def test_strict_serves_only_below_the_root_route() -> None:
    made = table("user", "", root="/api", strict=True)
    assert found(made, "/api") == ("", {})
    assert set(made.fixed) == {"/api/user", "/api"}
    with pytest.raises(NotFound):
        found(made, "/user")


@pytest.mark.parametrize(
    ("path", "root", "strict", "claimed"),
    [
        (b"/users/7", "", False, True),
        (b"/other", "", False, False),  # at / there is a 404 of ours only when no native catch-all wants it
        (b"/api/other", "/api", False, True),
        (b"/apis", "/api", False, False),
        (b"/users/7", "/api", False, True),
        (b"/users/7", "/api", True, False),
        (b"/api/\xff", "/api", False, True),
        (b"/\xff", "/api", False, False),
    ],
)
def test_what_is_below_the_root_route_or_known_is_claimed(path: bytes, root: str, strict: bool, claimed: bool) -> None:
    assert table("users/{id}", root=root, strict=strict).claims(path) is claimed


def test_whole_paths_hold_nothing_that_could_have_been_encoded() -> None:
    assert set(table("caf\N{LATIN SMALL LETTER E WITH ACUTE}", "100%", "plain").fixed) == {"/plain"}


@pytest.mark.parametrize("template", ["a{", "{1}", "{a}{a}", "{a}{b}", "x{a}{b}-{c}", "{a}/{a}", "x}", "{}"])
def test_a_broken_template_is_refused_with_its_text(template: str) -> None:
    with pytest.raises(DeclarationError, match="here: "):
        parse_template(template, {}, "here")


@pytest.mark.parametrize("regex", ["(", "(a)(b)"])
def test_a_regex_that_does_not_fit_is_refused(regex: str) -> None:
    with pytest.raises(DeclarationError, match="here: the regex"):
        parse_template("{a}", {"a": regex}, "here")


def visits(size: int, monkeypatch: pytest.MonkeyPatch) -> int:
    made = table(*(f"fixed{n}/{{id}}/x" for n in range(size)), *(f"deep/{{a}}/leaf{n}" for n in range(size)))
    for n in range(size):
        made.add(parse_template(f"rest{n}/{{path}}", {}, "here", {"path"}), "GET", "rest")
    count = 0
    walk = route_table.walk

    def counting(*arguments: Any) -> Any:
        nonlocal count
        count += 1
        return walk(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(route_table, "walk", counting)
        found(made, f"/fixed{size - 1}/1/x")
        found(made, f"/rest{size - 1}/1/x")
        found(made, f"/deep/1/leaf{size - 1}")
        with pytest.raises(NotFound):
            found(made, "/deep/1/none")
    return count


def test_the_cost_of_a_lookup_does_not_grow_with_the_number_of_routes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert visits(10, monkeypatch) == visits(5000, monkeypatch)


def test_a_miss_does_not_walk_alike_branches_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: RouteTable[str] = RouteTable()
    names = iter(range(10**6))

    def add(prefix: str, depth: int) -> None:
        for letter in "abc":
            template = f"{prefix}{{n{next(names)}}}{letter}{{n{next(names)}}}/"
            if depth:
                add(template, depth - 1)
            else:
                assert made.add(parse_template(f"{template}leaf", {}, "here"), "GET", template) is None

    add("", 4)
    made.complete(lambda methods: {})
    count, walk = 0, route_table.walk

    def counting(*arguments: Any) -> Any:
        nonlocal count
        count += 1
        return walk(*arguments)

    monkeypatch.setattr(route_table, "walk", counting)
    with pytest.raises(NotFound):
        found(made, f"/{'xaxbxcx/' * 5}none")
    assert count <= 1 + 3 * 5
    assert len(found(made, f"/{'xaxbxcx/' * 5}leaf")[1]) == 10


def test_alike_branches_of_which_one_has_no_endpoint_are_walked_each() -> None:
    made = table("{a}x{b}/end", "{c}y{d}/end/more")
    made.complete(lambda methods: {})
    assert found(made, "/1x2y3/end")[0] == "{a}x{b}/end"
    assert found(made, "/1x2y3/end/more")[0] == "{c}y{d}/end/more"


@pytest.mark.parametrize("path", ["/a/" + "b/" * 50_000, "/" + "rest/" * 50_000])
def test_paths_of_very_many_segments_are_looked_up(path: str) -> None:
    made: RouteTable[str] = RouteTable()
    made.add(parse_template("a/{path}", {}, "here", {"path"}), "GET", "rest")
    begin = time.process_time()
    if path.startswith("/a"):
        assert found(made, path)[1]["path"].count("/") == 49_999
    else:
        with pytest.raises(NotFound):
            found(made, path)
    assert time.process_time() - begin < 1


def test_a_slug_of_any_length_is_one() -> None:
    slug = "-".join(["word"] * 1000)
    assert found(table("{slug}", slug=SLUG), f"/{slug}") == ("{slug}", {"slug": slug})


def test_ten_thousand_routes_are_built_in_under_two_seconds() -> None:
    begin = time.process_time()
    table(*(f"part{n % 100}/item{n}/{{id}}" for n in range(10_000)), root="/api")
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        (b"/api/a/b", "/api/a/b"),
        (b"//api//a//b/", "/api/a/b"),
        (b"/a/b", "/api/a/b"),
        (b"/", "/api"),
        (b"/api", "/api"),
        (b"/api/unknown", "/api/unknown"),
        (b"/api/a/%62", "/api/a/%62"),
        (b"/api/../a/b", "/api/../a/b"),
        (b"/apiary/a/b", None),
        (b"/unknown", None),
        (b"/api/\xff", None),
        (b"/api/\0", None),
    ],
)
def test_the_canonical_path_begins_with_the_root_route(path: bytes, canonical: str | None) -> None:
    assert table("", "a/b", root="/api").canonical(path) == canonical


def test_strictly_a_path_without_the_root_route_has_no_canonical_path() -> None:
    made = table("a/b", root="/api", strict=True)
    assert made.canonical(b"/a/b") is None
    assert made.canonical(b"/api//a/b") == "/api/a/b"


def test_where_the_root_route_is_the_root_the_canonical_path_is_of_an_endpoint() -> None:
    made = table("", "a/{name}")
    assert made.canonical(b"//a//7") == "/a/7"
    assert made.canonical(b"/") == "/"
    assert made.canonical(b"/b") is None
