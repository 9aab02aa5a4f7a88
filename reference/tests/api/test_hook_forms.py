"""Hooks and plugins in the forms of the guides: what they may leave out, and what they get."""

from __future__ import annotations

from typing import Any

import pytest
from fake import Client

import utilmeta.utils
from utilmeta.core import api, request
from utilmeta.core.response import Response
from utilmeta.utils import Error
from utilmeta.utils.exceptions import DeclarationError, PermissionDenied


class Listed(Response):
    result_key = "items"
    message_key = "note"


class SelfAloneAPI(api.API):
    seen: list[Any] = []

    @api.get
    def plain(self) -> str:
        return "plain"

    @api.get
    async def awaited(self) -> str:
        return "awaited"

    @api.after("*")
    def noted(self) -> None:
        self.seen.append("noted")

    @api.after("*")
    def sized(self, *, size: int = request.HeaderParam("X-Size", default=0)) -> None:
        self.seen.append(size)

    @api.after(awaited)
    async def listed(self) -> Listed:  # type: ignore[empty-body]
        ...


def test_an_after_hook_without_an_argument_by_position_gets_no_response() -> None:
    client = Client(SelfAloneAPI)
    for path, text in (("/plain", "plain"), ("/awaited", '{"items":"awaited","note":""}')):
        SelfAloneAPI.seen.clear()
        assert client.get(path, X_Size="7").text == text
        assert SelfAloneAPI.seen == ["noted", 7] * 2  # for each kind of server
    assert client.get("/plain", X_Size="x").status == 400


def test_an_after_hook_still_takes_no_sent_parameter_in_place_of_the_response() -> None:
    class RootAPI(api.API):
        @api.get
        def hello(self) -> str:
            return "world"

        @api.after(hello)
        def sized(self, size: int = request.HeaderParam("X-Size")) -> None: ...

    with pytest.raises(DeclarationError, match="is sent by nobody"):
        Client(RootAPI)


class Knowing(api.Plugin):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)

    def process_request(self, request: Any, api: Any) -> None:
        api.mark = "marked"

    async def process_response(self, response: Response, *, api: Any = None) -> None:
        response.headers["X-Mark"] = f"{type(api).__name__} {getattr(api, 'mark', None)}"


@Knowing(size=1)
class MarkedAPI(api.API):
    mark: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request.header("x-refused"):
            raise PermissionDenied("refused")

    @api.get
    def hello(self) -> str:
        return self.mark

    @api.handle("*", PermissionDenied)
    def answered(self, error: Error) -> str:
        return f"{type(error) is utilmeta.utils.Error}: {'__init__' in error.traceback}"


def test_a_plugin_that_takes_the_api_gets_the_instance_of_its_class() -> None:
    client = Client(MarkedAPI)
    assert client.get("/hello").text == "marked"
    assert client.get("/hello").headers["X-Mark"] == "MarkedAPI marked"
    refused = client.get("/hello", X_Refused="1")
    assert (refused.text, refused.headers["X-Mark"]) == ("True: True", "MarkedAPI None")


def test_keywords_of_a_plugin_without_init_are_refused() -> None:
    class Plain(api.Plugin):
        def process_request(self, request: Any) -> None: ...

    with pytest.raises(TypeError, match="Plain has no __init__, so nothing reads size"):
        Plain(size=1)


def test_a_plugin_whose_function_takes_more_is_refused() -> None:
    class Greedy(api.Plugin):
        def process_request(self, request: Any, api: Any, more: Any) -> None: ...

    with pytest.raises(TypeError, match="Greedy: process_request is called with one argument, and api"):
        Greedy()(MarkedAPI)


class InnerAPI(api.API):
    limit: int = request.QueryParam(default=0)

    @api.get
    def inner(self) -> Any:
        return self.response(self.limit)

    @api.get
    def plain(self) -> Any:
        return self.made()

    def made(self) -> Any:
        return self.response("made")


class BareAPI(api.API):
    @api.get
    def bare(self) -> Any:
        return self.made()

    def made(self) -> Any:
        return self.response("made", status=202)


class EagerAPI(api.API):
    deeper: BareAPI

    def __new__(cls, request: Any) -> Any:
        return super().__new__(cls)

    def __init__(self, request: Any) -> None:
        self.early = self.response("early", status=202)
        super().__init__(request)
        self.deep = self.deeper.made()

    @api.get
    def init(self, deep: bool) -> Any:
        return self.deep if deep else self.early


class SharingAPI(EagerAPI):
    limit: int = request.QueryParam(default=0)


class OuterAPI(api.API):
    inner: InnerAPI
    bare: BareAPI
    eager: EagerAPI
    sharing: SharingAPI

    class response(Listed):
        pass

    @api.get
    def called(self) -> Any:
        return self.bare.made()

    @api.get
    def apart(self) -> Any:
        return BareAPI(self.request).made()

    @api.get
    def mounted(self, deep: bool) -> Any:
        return self.eager.init(deep)


def test_self_response_is_that_of_a_class_around_or_response_itself() -> None:
    client = Client(OuterAPI)
    assert client.get("/inner/inner?limit=0").json == {"items": 0, "note": ""}
    for path in ("/inner/plain", "/bare/bare", "/called"):
        assert client.get(path).json == {"items": "made", "note": ""}
    for path in ("/eager/init", "/sharing/init", "/mounted"):
        for deep, text in ((0, "early"), (1, "made")):
            answer = client.get(f"{path}?deep={deep}")
            assert (answer.status, answer.json) == (202, {"items": text, "note": ""}), path
    alone = Client(EagerAPI).get("/init?deep=0")
    assert (alone.status, alone.text) == (202, "early")
    apart = client.get("/apart")
    assert (apart.status, apart.text) == (202, "made")
    assert Client(BareAPI).get("/bare").text == "made"


def test_utils_has_no_other_name() -> None:
    with pytest.raises(AttributeError, match="Errors"):
        utilmeta.utils.Errors  # noqa: B018
