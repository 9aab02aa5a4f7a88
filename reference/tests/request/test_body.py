"""Bodies: of which types they are taken, what they become, and what is said of those that are malformed."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any
from urllib.parse import urlencode

import pydantic
import pytest
from fake import Answer, Client, FakeRequest

from utilmeta.core import api, request
from utilmeta.core.request.body.form import MAX_FIELDS
from utilmeta.utils.exceptions import DeclarationError

URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=limit"


class Item(pydantic.BaseModel):
    name: str
    size: int = pydantic.Field(default=1, alias="@size", ge=1)


class Tags(pydantic.BaseModel):
    tag: list[int]
    note: str = ""


class RootAPI(api.API):
    @api.post
    def item(self, item: Item = request.Json) -> Any:
        return [item.name, item.size]

    @api.post
    def items(self, items: list[Item] = request.Body) -> Any:
        return [[item.name, item.size] for item in items]

    @api.post
    def maybe(self, items: list[int] | None = request.Body(default=None)) -> Any:
        return items

    @api.post
    def either(self, item: Item | list[Item] = request.Body()) -> Any:
        return type(item).__name__

    @api.post
    def anything(self, data: Any = request.Body) -> Any:
        return data

    @api.post
    def tags(self, tags: Tags = request.Form) -> Any:
        return [tags.tag, tags.note]

    @api.post
    def form(self, form: dict[str, list[str]] = request.Form(default={"none": []})) -> Any:
        return form

    @api.post
    def fields(
        self,
        name: str = request.BodyParam(min_length=2),
        tag: list[int] = request.BodyParam(alias="tag[]", default=[]),
    ) -> Any:
        return [name, tag]

    @api.post
    def text(self, text: str = request.Body(content_type="text/plain", max_length=8)) -> Any:
        return {"text": text}

    @api.post
    def image(self, image: bytes | None = request.Body(content_type="image/png", default=None)) -> Any:
        return {"size": -1 if image is None else len(image)}

    @api.post
    def exact(self, data: Any = request.Body(content_type="application/vnd.API+json")) -> Any:
        return data

    @api.post
    def multipart(self, data: dict[str, str] = request.Body(content_type="multipart/form-data")) -> Any:
        return data

    @api.post
    def small(self, data: Any = request.Json(max_length=5)) -> Any:
        return data

    @api.post
    def undeclared(self) -> Any:
        return [self.request.body.decode("latin-1"), repr(self.request.data)]


client = Client(RootAPI, limit=100_000)


def post(path: str, body: bytes, content_type: str = "application/json") -> Answer:
    return client.post(path, body, content_type)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "Multipart/Form-Data; boundary=a"])
@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://other.example"}])
def test_a_form_without_fields_of_another_origin_is_refused(kind: str, headers: dict[str, str]) -> None:
    def sent(path: str, **more: str) -> int:
        return client("POST", path, {"host": "a", "content-type": kind, **headers, **more}).status

    assert sent("/maybe") == 403
    assert sent("/maybe", **{"content-type": "application/json"}) == 200
    assert sent("/maybe", **dict.fromkeys(headers, "same-origin" if "sec-fetch-site" in headers else "http://a")) == 200
    assert client("POST", "/maybe", headers).status == 200  # no form; a browser sends none without its type


def parts(*parts: tuple[str, bytes], end: bytes = b"--limit--\r\n") -> bytes:
    """Each of the headers, `name` or `name; filename=x`, and content of a part."""
    written = [
        b"--limit\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n" % (head.encode(), content)
        for head, content in parts
    ]
    return b"".join(written) + end


def refused(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["detail"]


def offences(answer: Answer) -> list[tuple[str, str]]:
    assert answer.status == 400, answer
    return [(error["in"], error["name"]) for error in answer.json["errors"]]


def test_a_model_is_the_whole_body() -> None:
    assert post("/item", b'{"name": "a", "@size": 3, "more": 1}').json == ["a", 3]
    assert offences(post("/item", b'{"@size": 0}')) == [("body", "name"), ("body", "@size")]
    assert offences(post("/item", b"")) == [("body", "item")]


@pytest.mark.parametrize("kind", [URLENCODED, f"{URLENCODED.upper()}; charset=utf-8", MULTIPART])
def test_a_body_takes_the_fields_of_a_form(kind: str) -> None:
    def form(path: str, *fields: tuple[str, str]) -> Answer:
        content = parts(*((f'"{name}"', text.encode()) for name, text in fields))
        return post(path, content if kind == MULTIPART else urlencode(fields).encode(), kind)

    assert form("/items", ("name", "a"), ("name", "b"), ("@size", "2")).json == [["b", 2]]
    assert offences(form("/items", ("@size", "0"))) == [("body", "name"), ("body", "@size")]
    assert form("/either", ("name", "a")).text == "Item"
    assert form("/anything", ("a", "1"), ("a", ""), ("b", "0")).json == {"a": "", "b": "0"}
    for path in ("/item", "/maybe", "/exact"):
        assert form(path, ("name", "a")).status == 415


def test_a_form_for_a_body_has_no_files_and_is_empty_as_json_is() -> None:
    answer = post("/items", parts(("name; filename=x", b"1"), ('"@size"', b"2")), MULTIPART)
    assert offences(answer) == [("body", "name")]
    for kind in (URLENCODED, MULTIPART, "application/json"):
        assert offences(post("/items", b"", kind)) == [("body", "items")]


def test_a_list_takes_a_single_object_as_a_list_of_one() -> None:
    assert post("/items", b'[{"name": "a"}, {"name": "b", "@size": 2}]').json == [["a", 1], ["b", 2]]
    assert post("/items", b' \n{"name": "a"}').json == [["a", 1]]
    assert offences(post("/items", b'[{"name": "a"}, {"name": 5}]')) == [("body", "1.name")]
    assert offences(post("/items", b'{"@size": 0}')) == [("body", "name"), ("body", "@size")]
    assert offences(post("/maybe", b'{"a": 1}')) == [("body", "items")]
    assert post("/either", b'{"name": "a"}').text == "Item"
    assert offences(post("/items", b"5")) == [("body", "items")]


def test_an_empty_body_is_the_default_where_there_is_one() -> None:
    assert post("/maybe", b"").json is None
    assert post("/form", b"", URLENCODED).json == {"none": []}
    assert post("/image", b"", "image/png").json == {"size": -1}
    assert offences(post("/text", b"", "text/plain")) == [("body", "text")]
    assert offences(post("/tags", b"", URLENCODED)) == [("body", "tag")]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"tag=1&note=a+b%21&tag=2&note=c%C3%A9&", URLENCODED),
        (
            parts(
                ("tag", b"1"),
                ("note", b"x"),
                ('"tag"', b"2"),
                ("note", "c\N{LATIN SMALL LETTER E WITH ACUTE}".encode()),
            ),
            MULTIPART,
        ),
    ],
)
def test_a_form_of_either_kind_is_a_model(body: bytes, content_type: str) -> None:
    assert post("/tags", body, content_type).json == [[1, 2], "c\N{LATIN SMALL LETTER E WITH ACUTE}"]
    assert post("/form", body, content_type).json["tag"] == ["1", "2"]


def test_a_field_of_a_form_that_does_not_convert_is_named() -> None:
    assert offences(post("/tags", b"tag=1&tag=x", URLENCODED)) == [("body", "tag.1")]
    assert offences(post("/tags", b"note=1", URLENCODED)) == [("body", "tag")]


def test_single_fields_come_from_json_or_a_form_whichever_was_sent() -> None:
    assert post("/fields", b'{"name": "ab", "tag[]": [1]}').json == ["ab", [1]]
    assert post("/fields", b"name=x&name=ab&tag%5B%5D=1&tag[]=2", URLENCODED).json == ["ab", [1, 2]]
    assert post("/fields", parts(("name", b"ab"), ('"tag[]"', b"7")), MULTIPART).json == ["ab", [7]]
    assert offences(post("/fields", b"name=a&tag[]=x", URLENCODED)) == [("body", "name"), ("body", "tag[].0")]
    assert offences(post("/fields", b"", URLENCODED)) == [("body", "name")]
    assert refused(post("/fields", b"a", "text/plain")) == (
        415,
        f"The body must be application/json or {URLENCODED} or multipart/form-data, not text/plain",
    )


def test_a_file_is_not_taken_and_named() -> None:
    body = parts(("name", b"ab"), ('"a b"; filename="x.txt"', b"\xff\x00"), ('tag; filename=""', b""))
    assert offences(post("/fields", body, MULTIPART)) == [("body", "a b"), ("body", "tag")]
    assert ("body", "a b") in offences(post("/tags", body, MULTIPART))


def test_other_types_are_texts_or_bytes() -> None:
    assert post("/text", b"caf\xe9", "text/plain; charset=ISO-8859-1").json == {
        "text": "caf\N{LATIN SMALL LETTER E WITH ACUTE}"
    }
    assert post("/text", "\N{EURO SIGN}".encode(), "Text/PLAIN").json == {"text": "\N{EURO SIGN}"}
    assert post("/image", b"\xff\x00", "image/png; q=1").json == {"size": 2}
    assert post("/exact", b"[1]", "application/vnd.api+JSON").json == [1]
    assert post("/multipart", parts(("a", b"1")), MULTIPART).json == {"a": "1"}
    for path, kind in (
        ("/text", "text/html"),
        ("/image", "image/jpeg"),
        ("/exact", "application/json"),
        ("/multipart", URLENCODED),
    ):
        assert post(path, b"x", kind).status == 415


def test_a_body_of_no_said_type_is_of_the_first_that_is_taken() -> None:
    assert client("POST", "/items", {}, b'{"name": "a"}').json == [["a", 1]]
    assert client("POST", "/text", {}, b"a").json == {"text": "a"}
    assert client("POST", "/form", {}, b"a=1").json == {"a": ["1"]}


def test_more_bytes_than_max_length_are_too_large_before_the_type_is_looked_at() -> None:
    assert post("/text", b"12345678", "text/plain").json == {"text": "12345678"}
    assert refused(post("/text", b"123456789", "nonsense")) == (413, "The body is larger than 8 bytes")
    assert post("/text", "\N{EURO SIGN}\N{EURO SIGN}\N{EURO SIGN}".encode(), "text/plain").status == 413
    assert (post("/small", b"[123]").json, post("/small", b"[1234]").status) == ([123], 413)


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("text/plain; charset=x-unknown", b"a", "The charset 'x-unknown' is not known here"),
        ("text/plain; charset=zlib", b"a", "The charset 'zlib' is not known here"),
        ('text/plain; charset="utf-8"', b"\xff", "The body is not UTF-8"),
        ('text/plain; a=";charset=latin1"; charset=us-ascii', b"\xe9", "The body is not US-ASCII"),
    ],
)
def test_a_text_that_its_charset_does_not_decode_is_a_bad_request(content_type: str, body: bytes, reason: str) -> None:
    assert refused(post("/text", body, content_type)) == (400, reason)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"a": 1', "EOF while parsing an object at line 1 column 7"),
        (b'{"b": {"a": 1, "a": 2}}', 'Detected duplicate key "a" at line 1 column 20'),
        (b"[" * 201 + b"1" + b"]" * 201, "recursion limit exceeded"),
        (b"1" * 4301, "number out of range"),
        (b"[1e400]", "a number is out of range"),
        (b'{"a":-1E+0000309}', "a number is out of range"),
        (b"[" + b"1" * 310 + b".0]", "a number is out of range"),
        (b"[-Infinity]", "invalid number"),
        (rb'"\ud800"', "unexpected end of hex escape"),
        (b'"\x00"', "control character"),
        (b"\xef\xbb\xbf{}", "expected value"),
    ],
)
def test_json_that_is_none_is_a_bad_request_with_the_reason(body: bytes, reason: str) -> None:
    for path in ("/anything", "/fields", "/item"):
        status, detail = refused(post(path, body))
        assert (status, reason in detail) == (400, True), detail


@pytest.mark.parametrize(
    "body",
    [b"[" * 200 + b"1" + b"]" * 200, b"1" * 4300, b"[1e308, -1e-999, 1e+300]", b'{"a": {"a": 1}, "b": {"a": 1}}'],
)
def test_json_within_the_limits_is_taken(body: bytes) -> None:
    assert post("/anything", body).json == json.loads(body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"a=%4", "The form's field 'a' is not percent-encoded as it should be"),
        (b"a=1&%zz=1", "The name of a form's field is not percent-encoded as it should be"),
        (b"a=1&b=%FF", "The form's field 'b' is not UTF-8"),
        (b"a=%00", "The form's field 'a' holds a NUL character"),
        (b"a=%ED%A0%80", "The form's field 'a' is not UTF-8"),
    ],
)
def test_an_urlencoded_form_that_is_malformed_names_the_field(body: bytes, reason: str) -> None:
    assert refused(post("/form", body, URLENCODED)) == (400, reason)


@pytest.mark.parametrize(
    ("content_type", "body", "reason"),
    [
        ("multipart/form-data", parts(("a", b"1")), "has no boundary"),
        ('multipart/form-data; boundary=""', parts(("a", b"1")), "none that RFC 2046 allows"),
        ("multipart/form-data; boundary=" + "x" * 71, parts(("a", b"1")), "none that RFC 2046 allows"),
        ("multipart/form-data; boundary=other", parts(("a", b"1")), "Boundary not found"),
        (MULTIPART, parts(("a", b"1"), end=b""), "Unexpected end"),
        (MULTIPART, parts(("a", b"1"))[:-20], "Unexpected end"),
        (MULTIPART, b"--limit\r\nContent-Disposition: form-data\r\n\r\n1\r\n--limit--\r\n", "Missing name"),
        (MULTIPART, b"--limit\r\nA: b\r\n\r\n1\r\n--limit--\r\n", "Missing Content-Disposition"),
        (MULTIPART, parts(("a", b"1")).replace(b"\r\n", b"\n"), "Invalid line break"),
        (MULTIPART, parts(("a", b"\xff")), "The form's field 'a' is not UTF-8"),
        (MULTIPART, parts(("a", b"\x00")), "The form's field 'a' holds a NUL"),
        (MULTIPART, parts(("a\r\nContent-Type: text/plain; charset=hex", b"1")), "The charset 'hex' is not known"),
        (MULTIPART, b"--limit--\r\n\xff", None),
    ],
)
def test_a_multipart_form_that_is_malformed_is_a_bad_request(
    content_type: str, body: bytes, reason: str | None
) -> None:
    answer = post("/form", body, content_type)
    if reason is None:
        assert answer.json == {}
    else:
        status, detail = refused(answer)
        assert (status, reason in detail) == (400, True), detail


def test_a_part_says_its_charset() -> None:
    body = parts(("a\r\nContent-Type: text/plain; charset=latin1", b"\xe9"))
    assert post("/form", body, MULTIPART).json == {"a": ["\N{LATIN SMALL LETTER E WITH ACUTE}"]}


def test_every_byte_may_be_escaped_or_not() -> None:
    texts = [chr(code) for code in (*range(1, 256), 0x20AC)] + ["a\r\n", " \t\n", "=\n=3D=", "_%3d"]
    body = urlencode([(f"n{text}", text) for text in texts]).encode()
    assert post("/form", body, URLENCODED).json == {f"n{text}": [text] for text in texts}
    plain = "=\r\n_ =\t\n =3d".replace(" ", "+").encode()
    assert post("/form", b"a=" + plain + b"%20 &b=1", URLENCODED).json == {"a": ["=\r\n_ =\t\n =3d  "], "b": ["1"]}


def test_offences_without_number_are_told_as_one() -> None:
    some = post("/items", b"[" + b",".join([b"{}"] * 1000) + b"]").json["errors"]
    assert (len(some), some[999]["name"]) == (1000, "999.name")
    (one,) = post("/items", b"[" + b",".join([b"{}"] * 1001) + b"]").json["errors"]
    assert (one["name"], one["reason"]) == ("items", "more than 1000 values in it are missing or do not convert")


def test_a_form_of_too_many_fields_is_too_large() -> None:
    for number, status in ((MAX_FIELDS, 200), (MAX_FIELDS + 1, 413)):
        assert post("/form", b"&".join([b"a=1"] * number), URLENCODED).status == status
        assert post("/form", parts(*[("a", b"1")] * number), MULTIPART).status == status
    assert post("/form", parts(("x" * 5000, b"1")), MULTIPART).status == 413


def test_an_endpoint_that_declares_no_body_finds_it_in_its_request() -> None:
    assert client("POST", "/undeclared").json == ["", "None"]
    for body, kind, data in (
        (b'{"a": [1]}', "application/json", {"a": [1]}),
        (b"a=1&a=2&b=%20", URLENCODED, {"a": ["1", "2"], "b": [" "]}),
        (parts(("a", b"1")), MULTIPART, {"a": ["1"]}),
        (b"abc", "text/csv", "abc"),
        (b"abc", "image/png", b"abc"),
    ):
        assert post("/undeclared", body, kind).json == [body.decode("latin-1"), repr(data)]
    assert refused(post("/undeclared", b"{"))[0] == 400
    assert offences(post("/undeclared", parts(("a; filename=b", b"1")), MULTIPART)) == [("body", "a")]
    assert FakeRequest("GET", "/").data is None


@pytest.mark.parametrize("kind", ["application/yaml", "application/x-yaml", "text/yaml", "application/openapi+yaml"])
@pytest.mark.parametrize(
    "body", [b"!!python/object/apply:os.getpid []", b"a: !!binary aGk=", b"a: &a [1]\nb: *a", b"a: 1"]
)
def test_yaml_is_not_parsed(body: bytes, kind: str) -> None:
    for path in ("/item", "/anything", "/fields", "/form", "/exact"):
        assert post(path, body, kind).status == 415
    assert [refused(post(path, body))[0] for path in ("/item", "/anything", "/fields")] == [400] * 3
    data = body.decode() if kind.startswith("text/") else body
    assert post("/undeclared", body, kind).json == [body.decode(), repr(data)]


def test_data_is_parsed_once() -> None:
    asked = FakeRequest("POST", "/", {"content-type": "application/json"}, b"[1]")
    asked.load(9)
    assert asked.data is asked.data == [1]


def declaration(message: str, function: Any, decorator: Any = api.post) -> None:
    with pytest.raises(DeclarationError, match=message):
        Client(type("BadAPI", (api.API,), {"endpoint": decorator("endpoint")(function)}))


def test_a_body_that_cannot_be_declared_is_an_error_when_the_application_is_built() -> None:
    def both(self: Any, form: dict[str, str] = request.Form, name: str = request.BodyParam()) -> Any: ...

    def read(self: Any, name: str = request.BodyParam()) -> Any: ...

    def listed(self: Any, form: list[str] = request.Form) -> Any: ...

    def typed(self: Any, text: int = request.Body(content_type="text/plain")) -> Any: ...

    declaration(r"both: parameter 'form' takes the whole body", both)
    declaration(r"BadAPI\.read: parameter 'name' is sent in the body, which a GET has not", read, api.get)
    declaration(r"listed: parameter 'form' is a form", listed)
    declaration(r"typed: parameter 'text' is a body of text/plain, which is a str or bytes", typed)


@pytest.mark.parametrize(
    "options", [{"content_type": "text"}, {"content_type": "a/b; c=d"}, {"max_length": -1}, {"max_length": True}]
)
def test_a_marker_of_a_body_says_what_it_does_not_take(options: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"Body: {next(iter(options))}"):
        request.Body(**options)
    with pytest.raises(TypeError):
        request.Form("form")  # type: ignore[misc]


def test_what_parses_bodies_is_imported_by_a_service_that_takes_some() -> None:
    program = (
        "import sys; from utilmeta.core import api, request; from utilmeta.core.pipeline.plan import compile_routes\n"
        "from utilmeta.core.api.tree import endpoints\n"
        "class RootAPI(api.API):\n"
        "    @api.get\n"
        "    def hello(self, a: int): return a\n"
        "compile_routes(endpoints(RootAPI)); print([name for name in ('jiter', 'multipart') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"
