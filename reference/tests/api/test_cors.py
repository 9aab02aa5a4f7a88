"""CORS: what pages of other origins are told, and who is refused."""

from __future__ import annotations

from typing import Any

import pytest
from fake import Client

from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import NotFound


class Wrapped(Response):
    result_key = "data"


KEPT, KEPT_TEMPLATE = Response("kept"), Wrapped("kept")
FRIEND, STRANGER = "https://friend.example", "https://stranger.example"


@api.CORS(["https://Friend.example:443", "http://localhost:3000"], expose_headers="X-Total", allow_credentials=True)
class RootAPI(api.API):
    @api.get
    def hello(self) -> str:
        return "world"

    @api.post("hello")
    async def change(self) -> Response:
        return Response("changed", headers={"Vary": "Accept, origin", "Access-Control-Allow-Origin": "https://wrong"})

    @api.CORS("*", allow_headers="*", max_age=60)
    @api.put("hello")
    def open(self) -> str:
        return "open"

    @api.get
    def missing(self) -> str:
        raise NotFound("gone", headers={"Vary": "Cookie"})

    @api.get
    def one(self) -> Response:
        return KEPT

    @api.get
    async def other(self) -> Response:
        return KEPT_TEMPLATE

    @api.get
    async def broken(self) -> str:
        raise ValueError("broken")


class BareAPI(api.API):
    @api.get
    def hello(self) -> str:
        return "world"

    @api.CORS(FRIEND)
    @api.post("hello")
    def change(self) -> str:
        return "changed"


client = Client(RootAPI)


def test_a_page_of_an_allowed_origin_reads_the_answer() -> None:
    headers = client.get("/hello", Origin=FRIEND).headers
    assert headers["Access-Control-Allow-Origin"] == FRIEND
    assert headers["Access-Control-Allow-Credentials"] == "true"
    assert headers["Access-Control-Expose-Headers"] == "X-Total"
    assert headers["Vary"] == "Origin"


@pytest.mark.parametrize(("path", "kept"), [("/one", KEPT), ("/other", KEPT_TEMPLATE)])
def test_a_response_that_is_kept_stays_as_it_is(path: str, kept: Response) -> None:
    assert client.get(path, Origin=FRIEND).headers["Access-Control-Allow-Origin"] == FRIEND
    assert kept.fields == []
    assert "Access-Control-Allow-Origin" not in client.get(path).headers


def test_what_the_endpoint_says_of_it_is_replaced_and_vary_says_both() -> None:
    headers = client("POST", "/hello", {"Origin": "http://localhost:3000"}).headers
    assert headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert [word.lower() for word in headers["Vary"].split(", ")].count("accept") == 1


def test_errors_can_be_read_too() -> None:
    missing, broken = client.get("/missing", Origin=FRIEND), client.get("/broken", Origin=FRIEND)
    assert (missing.status, missing.headers["Vary"]) == (404, "Cookie, Origin")
    assert (broken.status, broken.json["detail"]) == (500, "ValueError: broken")
    assert {answer.headers["Access-Control-Allow-Origin"] for answer in (missing, broken)} == {FRIEND}


@pytest.mark.parametrize("origin", [STRANGER, "null", "", "https://friend.example.evil", "friend.example", "http://["])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_another_origin_is_refused(origin: str, method: str) -> None:
    answer = client(method, "/hello", {"Origin": origin, "Access-Control-Request-Method": "GET"})
    assert (answer.status, answer.headers["Vary"]) == (403, "Origin")
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://api.example", "Host": "api.example"}])
def test_who_asks_from_no_other_origin_is_answered_as_ever(headers: dict[str, str]) -> None:
    answer = client("GET", "/hello", headers)
    assert (answer.text, answer.headers["Vary"]) == ("world", "Origin")
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_every_origin_is_allowed_by_a_star_which_caches_need_not_tell_apart() -> None:
    headers = client("PUT", "/hello", {"Origin": "null"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in headers
    assert "Access-Control-Allow-Origin" not in client("PUT", "/hello").headers


def test_a_preflight_is_answered_for_the_method_it_asks_about() -> None:
    asked = {"Origin": FRIEND, "Access-Control-Request-Method": "POST"}
    answer = client("OPTIONS", "/hello", asked)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == FRIEND
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST"
    assert answer.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS, POST, PUT"
    assert "Access-Control-Expose-Headers" not in answer.headers
    wanted = {"Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "X-One, x-two;"}
    answer = client("OPTIONS", "/hello", {"Origin": STRANGER, **wanted})
    assert answer.headers["Access-Control-Allow-Headers"] == "X-One, x-two"
    assert answer.headers["Access-Control-Max-Age"] == "60"
    assert answer.headers["Vary"] == "Access-Control-Request-Headers"


def test_options_that_is_no_preflight_is_answered_as_ever() -> None:
    answer = client("OPTIONS", "/hello", {"Origin": STRANGER})
    assert set(answer.headers) == {"Allow", "X-Request-ID"}


def test_a_method_without_cors_grants_nothing() -> None:
    bare = Client(BareAPI)
    asked = {"Origin": FRIEND, "Access-Control-Request-Method": "GET"}
    assert set(bare("OPTIONS", "/hello", asked).headers) == {"Allow", "X-Request-ID"}
    assert set(bare("GET", "/hello", asked).headers) == {"Content-Type", "Content-Length", "X-Request-ID"}
    asked["Access-Control-Request-Method"] = "POST"
    assert bare("OPTIONS", "/hello", asked).headers["Access-Control-Allow-Methods"] == "POST"


def test_headers_that_are_parameters_are_granted_each_once() -> None:
    @api.CORS(FRIEND, allow_headers=["x-TOKEN", "X-Other"])
    class TakingAPI(api.API):
        @api.get
        def hello(self, token: str = request.HeaderParam("X-Token"), n: int = request.QueryParam("X-Query")) -> str:
            return token

    asked = {"origin": FRIEND, "access-control-request-method": "GET"}
    granted = Client(TakingAPI)("OPTIONS", "/hello", asked).headers["Access-Control-Allow-Headers"]
    assert granted == "x-TOKEN, X-Other"


class FormAPI(api.API):
    @api.post
    def body(self, data: dict[str, str] = request.Body) -> str:
        return str(data)

    @api.CORS([FRIEND])
    @api.post
    def crossed(self, data: dict[str, str] = request.Body) -> str:
        return str(data)

    @api.CORS("*")
    @api.post
    def open(self, data: dict[str, str] = request.Body) -> str:
        return str(data)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/body", {}, 200),
        ("/body", {"origin": "http://api.example"}, 200),
        ("/body", {"origin": "https://API.example:443"}, 200),
        ("/body", {"origin": FRIEND}, 403),
        ("/body", {"origin": ""}, 403),
        ("/body", {"origin": "null"}, 403),
        ("/body", {"origin": f"http://api.example,{FRIEND}"}, 403),
        ("/body", {"origin": FRIEND, "sec-fetch-site": "same-origin"}, 200),
        ("/body", {"origin": FRIEND, "sec-fetch-site": "none"}, 200),
        ("/body", {"origin": FRIEND, "sec-fetch-site": "unheard-of"}, 403),
        ("/body", {"sec-fetch-site": "unheard-of"}, 200),
        ("/body", {"sec-fetch-site": "same-site"}, 403),
        ("/body", {"origin": "http://api.example", "sec-fetch-site": "cross-site"}, 403),
        ("/crossed", {"origin": FRIEND}, 200),
        ("/crossed", {"origin": STRANGER}, 403),
        ("/crossed", {"origin": FRIEND, "sec-fetch-site": "cross-site"}, 403),
        ("/open", {"origin": STRANGER}, 200),
        ("/open", {"origin": STRANGER, "sec-fetch-site": "cross-site"}, 403),
    ],
)
def test_a_form_for_a_body_comes_from_pages_of_the_api(path: str, headers: dict[str, str], status: int) -> None:
    sent = {"host": "api.example", **headers}
    form = Client(FormAPI)("POST", path, {**sent, "content-type": "application/x-www-form-urlencoded"}, b"a=1")
    assert form.status == status, form
    assert form.status == 403 or form.text == "{'a': '1'}"
    json = Client(FormAPI)("POST", path, {**sent, "content-type": "application/json"}, b'{"a": "1"}')
    assert json.status == (403 if headers.get("origin") == STRANGER and path == "/crossed" else 200)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), -1, True, "60"])
def test_a_max_age_that_is_no_time_is_refused_by_its_name(seconds: Any) -> None:
    with pytest.raises(TypeError, match=r"api\.CORS: max_age is a number of seconds"):
        api.CORS("*", max_age=seconds)


def test_the_texts_of_preflights_are_made_when_the_api_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    @api.CORS("https://app.example", allow_headers=("X-A", "X-B"), allow_methods=("GET", "PUT"), max_age=0)
    class RootAPI(api.API):
        @api.get
        def known(self) -> str:
            return "known"

    client = Client(RootAPI)
    monkeypatch.setattr(api.CORS, "compile_preflight", None)
    for _ in range(2):  # what the first one was answered with is not changed for the second
        asked = {"origin": "https://app.example", "access-control-request-method": "GET"}
        headers = client("OPTIONS", "/known", asked).headers
        assert headers["Access-Control-Allow-Methods"] == "GET, PUT"
        assert headers["Access-Control-Allow-Headers"] == "X-A, X-B"
        assert headers["Access-Control-Max-Age"] == "0"
        assert headers["Allow"] == "GET, HEAD, OPTIONS"
