"""Vocabulary of the requests: the endpoints of the scenarios, with the fields that they take.

A line here is all that a new endpoint takes. A segment of a path in braces, and the value of a field, is of a kind of
`strategy.PLAUSIBLE`, with anything else in its place now and then.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """A parameter: the place where it is sent (query, header, cookie or body), its name there, and the kind of its
    value."""

    place: str
    name: str
    kind: str


@dataclass(frozen=True)
class Endpoint:
    """Method, path and parameters of an endpoint. `content` is the kind of its body (json, form or text), empty for
    none. A 500 of an endpoint that `fails` is no finding. A request to one with `twice` is sent twice on one
    connection."""

    scenario: str
    method: str
    path: str
    fields: tuple[Field, ...] = ()
    content: str = ""
    fails: bool = False
    twice: bool = False

    def __str__(self) -> str:
        return f"{self.scenario}: {self.method} {self.path}"

    def at(self, place: str) -> tuple[Field, ...]:
        """Return the fields that are sent at this place."""
        return tuple(field for field in self.fields if field.place == place)


def query(name: str, kind: str) -> Field:
    return Field("query", name, kind)


def header(name: str, kind: str) -> Field:
    return Field("header", name, kind)


def cookie(name: str, kind: str) -> Field:
    return Field("cookie", name, kind)


def member(name: str, kind: str) -> Field:
    return Field("body", name, kind)


def root(method: str, path: str, *fields: Field, content: str = "", fails: bool = False) -> Endpoint:
    return Endpoint("root", method, path, fields, content, fails)


def echo(
    method: str, path: str, *fields: Field, content: str = "", fails: bool = False, twice: bool = False
) -> Endpoint:
    return Endpoint("differential_echo", method, path, fields, content, fails, twice)


TYPED = (
    query("whole", "number"),
    query("real", "real"),
    query("exact", "real"),
    query("flag", "flag"),
    query("day", "date"),
    query("moment", "datetime"),
    query("identifier", "uuid"),
    query("choice", "colour"),
    query("pick", "word"),
    query("numbers", "number"),
)
MEMBERS = (member("name", "text"), member("size", "number"), member("tags", "list"), member("point", "point"))

SIZES = (query("limit", "member"), query("sizes", "member"))
SIZED = (member("limit", "member"), member("size", "member"), member("limits", "member"), member("ref", "member"))

ACCOUNT = (member("name", "text"), member("the-size", "number"), member("moment", "datetime"), member("secret", "text"))
TAGGED = (
    member("name", "text"),
    member("sizeOf", "number"),
    member("moment", "datetime"),
    member("tags", "list"),
)
FORM = (member("name", "text"), member("size", "number"), member("tags", "text"))

ENDPOINTS: tuple[Endpoint, ...] = (
    root("GET", "/api/hello"),
    root("GET", "/api/query", query("text", "text"), query("number", "number"), query("flag", "flag")),
    root("GET", "/api/word/{text}"),
    root("GET", "/api/path/{number}"),
    root("GET", "/api/code/{code}"),
    root("GET", "/api/item/{word}"),
    root("GET", "/api/item/{text}/part/{number}"),
    root("GET", "/api/branch/{word}/leaf"),
    root("GET", "/api/plus", query("a", "number"), query("b", "number")),
    root("GET", "/api/renamed", query("as-sent", "number")),
    root("GET", "/api/bounded", query("page", "number"), query("name", "text")),
    root("GET", "/api/many", query("tag", "text")),
    root("GET", "/api/header", header("X-Count", "number")),
    root("GET", "/api/cookie", cookie("session", "number")),
    *(root(method, "/api/item") for method in ("GET", "POST", "PUT", "PATCH", "DELETE")),
    *(root("GET", f"/api/result/{name}") for name in ("text", "binary", "nothing", "listing", "truth", "price")),
    root("GET", "/api/failure/crash", query("secret", "text"), fails=True),
    root("POST", "/api/echo", content="json"),
    root("POST", "/api/echo", member("a", "text"), member("b", "number"), content="form"),
    root("POST", "/api/fields", member("name", "text"), member("size", "number"), content="json"),
    echo("GET", "/api/heard/{text}", query("a", "text"), header("X-Heard", "text"), cookie("a", "text")),
    echo("GET", "/api/passed", query("word", "text"), header("X-Word", "text"), twice=True),
    echo("GET", "/api/typed", *TYPED),
    echo("GET", "/api/mixed/{number}", query("tag", "text"), header("X-Tag", "text"), cookie("tag", "text")),
    echo("GET", "/api/dated/{date}/{uuid}", query("moment", "datetime")),
    echo(
        "GET",
        "/api/set",
        query("status", "status"),
        query("header", "text"),
        query("twice", "text"),
        query("cookie", "text"),
        query("location", "text"),
        query("type", "media"),
        fails=True,
    ),
    echo("POST", "/api/echo", content="json"),
    echo("PUT", "/api/echo", content="json"),
    echo("PATCH", "/api/members/{number}", *MEMBERS, query("tag", "text"), content="json"),
    echo("POST", "/api/model", *MEMBERS, content="json"),
    echo(
        "POST",
        "/api/model",
        *FORM,
        header("Origin", "origin"),
        header("Sec-Fetch-Site", "site"),
        content="form",
    ),
    echo("GET", "/api/address", header("X-Forwarded-For", "hops")),
    echo("POST", "/api/account", *ACCOUNT, query("within", "text"), content="json"),
    echo("POST", "/api/tagged", *TAGGED, query("within", "text"), content="json"),
    echo("POST", "/api/form", *FORM, content="form"),
    echo("GET", "/api/sizes/{member}", *SIZES, header("X-Limit", "member"), cookie("size", "member")),
    echo("GET", "/api/sized", *(query(field.name, field.kind) for field in SIZED)),
    echo("POST", "/api/sized", *SIZED, content="form"),
    echo("PUT", "/api/sized", *SIZED[:2], content="form"),
    echo("PUT", "/api/sized", *SIZED[:2], content="json"),
    echo("PUT", "/api/form", member("name", "text"), member("numbers", "number"), content="form"),
    echo("POST", "/api/text", content="text"),
    echo("GET", "/api/files/{path}"),
    echo("GET", "/api/slugs/{word}"),
    echo("GET", "/api/wrapped/plain", query("number", "number"), query("text", "text"), header("X-Seen", "text")),
    echo("POST", "/api/wrapped/kept", *MEMBERS, header("X-Seen", "text"), content="json"),
    *(
        echo("GET", path, query("what", "raised"), query("text", "text"), fails=True)
        for path in ("/api/raised", "/api/raised_plainly", "/api/wrapped/raised")
    ),
    echo("GET", "/api/missed/known/{word}", header("X-Seen", "text")),
    echo("GET", "/api/missed/nothing/{word}", query("text", "text"), header("X-Seen", "text")),
    echo("PUT", "/api/missed/known/{word}", query("text", "text")),
    echo("GET", "/api/shared/{word}/read", query("tag", "text"), header("Origin", "origin")),
    echo(
        "OPTIONS",
        "/api/shared/{word}/write",
        header("Origin", "origin"),
        header("Access-Control-Request-Method", "method"),
        header("Access-Control-Request-Headers", "word"),
    ),
)


def may_fail(scenario: str, target: str) -> bool:
    """Whether a request there reaches an endpoint that fails by itself."""
    path = target.partition("?")[0]
    return any(each.fails and each.scenario == scenario and path.startswith(each.path) for each in ENDPOINTS)
