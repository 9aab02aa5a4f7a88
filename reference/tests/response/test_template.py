"""Templates: which is the nearest, what they make of results and errors, and what is refused."""

from __future__ import annotations

import io
from typing import Any

import pytest
from fake import Client, FakeRequest, plain

from utilmeta.conf.time import Time
from utilmeta.core import api
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.response import Response, response
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.utils.exceptions import Conflict, DeclarationError, HTTPError, UnprocessableEntity


class Wrapped(Response):
    result_key = "data"
    message_key = "message"


class Rows(Wrapped):
    count_key = "count"
    strict = True
    result: list[int]


class InnerAPI(api.API):
    @api.get
    def text(self) -> str:
        return "inner"

    @api.get
    def rows(self) -> Rows:
        return [1, "two"]  # type: ignore[return-value]

    @api.get
    def clash(self, number: int) -> str:
        raise Conflict("taken")


class RootAPI(api.API):
    inner: InnerAPI

    class response(Wrapped):
        pass

    @api.get
    def built(self) -> Any:
        return Response("as it is")

    @api.get
    async def awaited(self) -> Any:
        return "later"

    @api.get
    def surrogate(self) -> Any:
        raise Conflict("\ud800", headers={"Content-Type": "text/html"})

    @api.get
    def unsendable(self) -> Any:
        raise Conflict("taken", headers={"X-Text": "a\r\nb"})

    @api.get
    def failed(self) -> Any:
        return Wrapped(error=KeyError("lost"))


def test_results_and_errors_are_put_into_the_nearest_template() -> None:
    client = Client(RootAPI)
    assert client.get("/inner/text").json == {"data": "inner", "message": ""}
    assert client.get("/awaited").json == {"data": "later", "message": ""}
    assert client.get("/built").body == b"as it is"
    assert (client.get("/inner/clash?number=1").status, client.get("/inner/clash?number=1").json) == (
        409,
        {"data": None, "message": "taken"},
    )
    assert client.get("/inner/clash?number=x").json["message"].startswith("query number: ")
    assert client.get("/inner/rows").status == 500


def test_the_log_says_whose_response_an_error_is_in(caplog: pytest.LogCaptureFixture) -> None:
    assert Client(RootAPI).get("/failed").status == 500
    assert "GET /failed: RootAPI.failed failed" in caplog.text and "KeyError: 'lost'" in caplog.text


def test_an_error_is_answered_whatever_its_text_and_headers_hold() -> None:
    client = Client(RootAPI)
    answer = client.get("/surrogate")
    assert (answer.status, answer.json) == (409, {"data": None, "message": "?"})
    broken = client.get("/unsendable")
    assert (broken.status, "X-Text" in broken.json["message"]) == (500, True)


def test_a_header_of_a_response_stands_for_that_of_its_template() -> None:
    class Headed(Response):
        headers = {"X-One": "template", "X-Two": "template"}

    assert Headed(headers={"x-one": "own"}).fields == [("X-Two", "template"), ("x-one", "own")]
    assert Headed(error=Conflict(headers={"X-Two": "own"})).fields == [("X-One", "template"), ("X-Two", "own")]
    Headed().fields.clear()
    assert Headed(headers={}).fields == [("X-One", "template"), ("X-Two", "template")]


def test_headers_are_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Headed(Response):
        headers = {"X-Template": "a", "Content-Length": "5"}
        result_key = "data"

    def again(headers: Any) -> Any:
        raise AssertionError("the headers are checked again")

    responder = Responder(compile_encoder(Time()), production=True)
    made = Headed([1], headers={"X-Own": "b"})
    monkeypatch.setattr(response, "checked_headers", again)
    assert Headed().fields == [("X-Template", "a")]
    sent = responder.encoded(made)  # in a transaction
    assert (type(sent), made.result) == (Headed, [1])
    asked = FakeRequest("GET", "/")
    of_request = ("X-Request-ID", asked.id)
    for each in (made, sent):
        status, head, body = responder.reply(each, asked, "")
        assert (status, body) == (200, b'{"data":[1]}')
        assert head[2:] == [("X-Template", "a"), ("X-Own", "b"), of_request]
    sent.headers["X-Own"] = "c"
    with pytest.raises(AssertionError, match="again"):
        responder.reply(sent, asked, "")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"message_key": "m"}, "message_key has no result_key"),
        ({"result_key": "a", "count_key": "a"}, "two of its keys are one"),
        ({"result_key": ""}, "result_key is the name of a member"),
        ({"status": "200"}, "status is a number"),
        ({"headers": {"X": "a\nb"}}, "X"),
        ({"headers": [("Location", "/a"), ("location", "/b")]}, "location is there twice"),
    ],
)
def test_a_template_that_cannot_be_is_refused(body: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError, match=said) as raised:
        type("Template", (Response,), body)
    assert "Template" in str(raised.value)


def test_a_response_that_is_no_template_is_refused() -> None:
    with pytest.raises(DeclarationError, match=r"OtherAPI\.response is a template"):
        Client(type("OtherAPI", (api.API,), {"response": int, "get": lambda self: 1}))


@pytest.mark.parametrize(
    ("cookies", "said"),
    [
        ({"a;b": "x"}, "'a;b' is no name"),
        ({"a": 7}, "the value of 'a' is a text"),
        ({"a": "€"}, "percent-encode"),
        ({"a": {"value": "x", "path": "/; secure"}}, "path='/; secure'"),
        ({"a": {"value": "x", "until": 3}}, "until=3"),
        ({"a": {"value": "x", "max_age": True}}, "max_age=True"),
    ],
)
def test_a_cookie_that_would_break_its_header_is_refused(cookies: Any, said: str) -> None:
    with pytest.raises((TypeError, ValueError)) as raised:
        Response("x", cookies=cookies)
    assert said in str(raised.value)


def test_an_error_gives_its_status_and_headers() -> None:
    response = Response(error=UnprocessableEntity())
    assert response.status == 422
    assert Response(error=Conflict("no", headers={"X-A": "b"})).fields == [("X-A", "b")]
    assert Response(error=Conflict("no"), status=410).status == 410
    with pytest.raises(TypeError, match="error is an exception"):
        Response(error="text")


class Early(HTTPError):
    status = 103


class Empty(HTTPError):
    status = 205


class WithoutContent(api.API):
    class response(Wrapped):
        pass

    @api.get
    def raised(self) -> None:
        raise Empty("gone", headers={"X-Mark": "m"})

    @api.get
    def early(self) -> None:
        raise Early("soon")

    @api.get
    def reset(self) -> Response:
        return Wrapped("data", status=205)

    @api.get
    def changed(self) -> Response:
        answer = Response("data", content_type="text/css")
        answer.status = 204
        answer.headers["Location"] = "/a b?é=%20%zz"
        answer.headers["Content-Type"] = "text/html"
        return answer

    @api.get
    def broken(self, what: str) -> Response:
        answer = Response("data")
        if what == "header":
            answer.headers.append(("X-Mark", "a\r\nX-Other: b"))
        elif what == "type":
            answer.content_type = "a\r\nb"
        else:
            answer.status = 1000
        return answer

    @api.get
    def failed(self) -> Response:
        return Response(error=ValueError("because"), status=204)

    @api.get
    def opened(self) -> Response:
        return Response(OPENED, status=204)


OPENED = io.BytesIO(b"data")


def test_a_status_without_content_has_none() -> None:
    client = Client(WithoutContent)
    for path, status, more in (
        ("/raised", 205, {"Content-Length": "0", "X-Mark": "m"}),
        ("/reset", 205, {"Content-Length": "0"}),
        ("/changed", 204, {"Location": "/a%20b?%C3%A9=%20%25zz"}),
        ("/opened", 204, {}),
    ):
        assert plain(client.get(path)) == (status, more, b""), path
    assert OPENED.closed


def test_an_error_that_a_response_without_content_was_given_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert plain(Client(WithoutContent).get("/failed")) == (204, {}, b"")
    assert "because" in caplog.text


def test_a_status_that_is_no_answer_is_a_500() -> None:
    assert Client(WithoutContent).get("/early").status == 500


def test_what_was_checked_is_sent_though_the_response_is_changed_meanwhile() -> None:
    response = Response("a", 201, headers={"X-A": "b"})
    status, content_type, headers = response.check()
    response.status = 99
    response.fields[0] = ("X-A", "c\r\nd")
    assert (status, content_type, headers) == (201, None, [("X-A", "b")])


def test_a_header_of_one_value_is_there_once() -> None:
    with pytest.raises(ValueError, match="location is there twice"):
        Response(headers=[("Location", "/a"), ("location", "/b")])
    assert Response(headers=[("Link", "a"), ("Link", "b")]).fields == [("Link", "a"), ("Link", "b")]
    error = Conflict(headers={"Retry-After": "1", "Vary": "A"})
    response = Response(error=error, headers={"Retry-After": "2", "Vary": "B"})
    assert response.fields == [("Retry-After", "2"), ("Vary", "B"), ("Vary", "A")]

    class Root(api.API):
        @api.get
        def a(self) -> None:
            raise Conflict(headers={"Location": "/a", "location": "/b"})

    answer = Client(Root, production=True).get("/a")
    assert (answer.status, answer.headers.get("location")) == (500, None)


@pytest.mark.parametrize("name", ["Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade"])
def test_what_a_response_says_of_the_connection_is_left_out(name: str) -> None:
    response = Response(headers={name: "a"})
    response.headers.add(name.lower(), "b")
    assert response.check()[2] == []


@pytest.mark.parametrize("what", ["header", "type", "status"])
def test_what_was_made_wrong_after_the_response_was_built_is_not_sent(what: str) -> None:
    answer = Client(WithoutContent).get(f"/broken?what={what}")
    assert answer.status == 500
    assert "X-Other" not in answer.headers
