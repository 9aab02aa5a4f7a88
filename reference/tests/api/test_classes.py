"""API classes: mounted, inherited and composed; their instances, shared parameters, and time-outs (chapter API)."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import time
from datetime import timedelta
from typing import Annotated, Any

import pytest
from declared import refusal
from fake import Client

from utilmeta.core import api, request
from utilmeta.core.api.tree import endpoints
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import PermissionDenied


class Leaf(api.API):
    @api.get
    def leaf(self) -> str:
        return self.request.path


class Mixin:
    """What shares a parameter without being an API class."""

    word: str = request.QueryParam(default="none")


class Shared(Mixin, api.API):
    token: str = request.HeaderParam("X-Token")
    limit: Annotated[int, request.QueryParam(ge=1)] = 10

    def __init__(self, request: request.Request) -> None:
        super().__init__(request)
        if self.token == "forbidden":
            raise PermissionDenied("not you")
        self.prepared = self.token.upper()

    @api.get
    def shown(self, number: int) -> list[Any]:
        return [self.prepared, self.limit, self.word, number]

    def told(self) -> list[Any]:
        return [self.token, self.limit, self.word]

    @property
    def broken(self) -> str:
        return self.missing  # type: ignore[attr-defined,no-any-return]


class Around(Shared):
    @api.after("shown")
    def marked(self, response: Response) -> None:
        response.headers["X-Marked"] = self.prepared


class Before(Shared):
    @api.before("shown")
    def first(self) -> None:
        self.limit += 1


class Reader(api.Plugin):
    def process_request(self, request: request.Request, api: Any) -> Any:
        request.context["prepared"] = api.prepared
        return [] if api.token == "answered" else None


@Reader()
class Plugged(Shared):
    pass


class PluggedEndpoint(Shared):
    @Reader()
    @api.get
    def shown(self, number: int) -> list[Any]:
        return [self.prepared, self.limit, self.word, number]


class Awaited(Shared):
    @api.get
    async def shown(self, number: int) -> list[Any]:
        return [self.prepared, self.limit, self.word, number]


class ItemAPI(api.API):
    number: int = request.PathParam

    def get(self) -> int:
        return self.number


class Draft(api.API):
    draft: dict[str, Any] = request.Body
    title: str = request.BodyParam(default="")
    text: str = request.Body(content_type="text/plain", default="none")


class Root(api.API):
    leaves: Leaf = api.route("leaves/{number}")
    shared: Shared
    around: Around
    before: Before
    plugged: Plugged
    plugged_endpoint: PluggedEndpoint
    awaited: Awaited
    item: ItemAPI = api.route("item/{number}")

    @api.get
    def told(self) -> list[Any]:
        return [*self.shared.told(), self.shared is self.shared, Shared(self.request).told()]

    @api.get("by/{number}")
    def by(self, number: int) -> int:
        return ItemAPI(self.request).get()

    @api.post
    async def draft(self) -> list[Any]:
        draft = Draft(self.request)
        return [draft.title, draft.draft]

    @api.post
    def text(self) -> str:
        return Draft(self.request).text

    @api.get
    def broken(self) -> str:
        return self.shared.broken

    @api.get
    def nothing(self) -> bool:
        return hasattr(self, "nothing_at_all")


@pytest.fixture(scope="module")
def client() -> Client:
    return Client(Root)


def named(answer: Any) -> set[str]:
    assert answer.status == 400, answer
    return {error["name"] for error in answer.json["errors"]}


MOUNTED = ["shared", "around", "before", "plugged", "plugged_endpoint", "awaited"]


@pytest.mark.parametrize("name", MOUNTED)
def test_shared_parameters_are_there_in_init_and_in_the_endpoint(client: Client, name: str) -> None:
    limit = 11 if name == "before" else 10
    assert client.get(f"/{name}/shown?number=3&word=w", X_Token="t").json == ["T", limit, "w", 3]
    assert client.get(f"/{name}/shown?number=3", X_Token="forbidden").status == 403


@pytest.mark.parametrize("name", MOUNTED)
def test_shared_and_own_parameters_are_told_together(client: Client, name: str) -> None:
    assert named(client.get(f"/{name}/shown?number=x&limit=0")) == {"number", "limit", "X-Token"}


@pytest.mark.parametrize("name", MOUNTED)
def test_own_parameters_are_told_alone_where_the_shared_ones_are_right(client: Client, name: str) -> None:
    assert named(client.get(f"/{name}/shown?number=x", X_Token="t")) == {"number"}


@pytest.mark.parametrize("name", ["plugged", "plugged_endpoint"])
def test_a_plugin_that_reads_shared_parameters_runs_before_the_endpoints_own_are_bound(
    client: Client, name: str
) -> None:
    assert client.get(f"/{name}/shown?number=x", X_Token="answered").json == []


def test_an_instance_made_in_a_function_has_its_shared_parameters(client: Client) -> None:
    assert client.get("/told?limit=5&word=w", X_Token="t").json == ["t", 5, "w", True, ["t", 5, "w"]]
    assert named(client.get("/told?limit=0", X_Token="t")) == {"limit"}
    assert client.get("/by/7").json == client.get("/item/7").json == 7
    assert client.get("/nothing").json is False


def test_such_an_instance_reads_the_body_that_its_endpoint_did_not_declare(client: Client) -> None:
    assert client.post("/draft", b'{"title": "t"}').json == ["t", {"title": "t"}]
    assert client.post("/draft", b'{"a":').status == 400
    assert client.post("/draft", b"a", "text/plain").status == 415
    assert named(client.post("/draft", b"")) == {"draft"}
    assert client.post("/text", b"t", "text/plain").text == "t"
    assert client.post("/text", b"").text == "none"


def test_what_a_property_raised_is_not_hidden(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/broken", X_Token="t").status == 500
    assert "'Shared' object has no attribute 'missing'" in caplog.text


def test_of_a_class_a_parameter_is_its_marker() -> None:
    assert isinstance(Shared.token, request.HeaderParam)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        Shared.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_init_has_to_call_that_of_api(caplog: pytest.LogCaptureFixture) -> None:
    class Forgetful(api.API):
        def __init__(self, request: request.Request) -> None: ...

        def get(self) -> str:
            return self.request.path

    assert Client(Forgetful).get("/").status == 500
    assert "no attribute 'request'" in caplog.text


# --- inheritance and composition ---


class Base(api.API):
    leaf: Leaf
    page: int = request.QueryParam(default=1)
    constant: int = 3

    @api.get("kept/{part}", deprecated=True)
    def kept(self, part: str) -> str:
        return f"base {part}"

    @api.get
    def gone(self) -> str:
        return "gone"

    def get(self) -> int:
        return self.page + self.constant


def paths(root: type[api.API]) -> dict[str, str]:
    return {f"{each.operation.method} /{each.template}": each.label for each in endpoints(root)}


def test_what_a_class_defines_takes_the_place_of_its_bases() -> None:
    class Derived(Base):
        page = 7
        gone = None  # type: ignore[assignment]
        leaf = None  # type: ignore[assignment]

        def kept(self, part: str) -> str:
            return f"own {part}"

    assert list(paths(Derived)) == ["GET /kept/{part}", "GET /"]
    assert Client(Derived).get("/kept/x").text == "own x"
    assert Client(Derived).get("/?page=3").json == 10


def test_an_endpoint_and_a_mount_take_each_others_place() -> None:
    class Mounts(Base):
        gone: Leaf  # type: ignore[assignment]

    class Serves(Base):
        @api.get
        def leaf(self) -> str:  # type: ignore[override]
            return "own"

    assert {"GET /gone/leaf", "GET /leaf/leaf"} <= set(paths(Mounts)) and "GET /gone" not in paths(Mounts)
    assert "GET /leaf" in paths(Serves) and "GET /leaf/leaf" not in paths(Serves)


def test_a_mixin_without_decorators_goes_around_an_endpoint() -> None:
    class Loud:
        def kept(self, part: str) -> str:
            return super().kept(part).upper()  # type: ignore[misc,no-any-return]

    class Derived(Loud, Base): ...

    assert Client(Derived).get("/kept/x").text == "BASE X"


def test_two_bases_that_know_nothing_of_each_other_have_one_endpoint_each() -> None:
    class Other(api.API):
        leaf: Leaf

        def get(self) -> None: ...

    class Endpoints(Other, Base):
        leaf: Leaf

    class Mounts(Other, Base):
        def get(self) -> None: ...

    class Own(Other, Base):
        leaf: Leaf

        def get(self) -> None: ...

    assert "Other.get and Base.get" in refusal(Endpoints)
    assert "Other.leaf and Base.leaf" in refusal(Mounts)
    assert paths(Own)["GET /"].endswith("Own.get")


def test_attributes_that_can_be_neither_are_named() -> None:
    class Object(api.API):
        leaf: Leaf = 5  # type: ignore[assignment]

    class Taken(api.API):
        request: str = request.QueryParam()  # type: ignore[assignment]

    class More(api.API):
        def __init__(self, request: request.Request, more: int) -> None: ...

    class Later(api.API):
        async def __init__(self, request: request.Request) -> None: ...  # type: ignore[misc]

    class Twice(Base):
        @api.get
        def paged(self, page: int) -> None: ...

    for root, words in ((Object, "5"), (Taken, "request"), (More, "more"), (Later, "async def"), (Twice, "'page'")):
        assert f"{root.__name__}." in (message := refusal(root)) and words in message


# --- time-outs ---

CALLER = contextvars.ContextVar("CALLER", default="")
TIMEOUT = 0.05


class Timed(api.API):
    """``released`` lets the plain endpoint end, ``said`` is what became of it."""

    released = threading.Event()
    said: list[str] = []

    @api.get(timeout=TIMEOUT)
    def plain(self, wait: bool, fails: bool = False) -> str:
        if wait:
            self.released.wait(5)
        if fails:
            raise ValueError("after all")
        self.said.append(threading.current_thread().name)
        return f"{CALLER.get()} {self.request.method}"

    @api.get(timeout=timedelta(seconds=TIMEOUT))
    async def awaited(self, wait: bool, fails: bool = False) -> str:
        try:
            await asyncio.sleep(5 if wait else 0)
        except asyncio.CancelledError:
            self.said.append("cancelled")
            raise
        if fails:
            raise PermissionDenied("not you")
        return f"{CALLER.get()} {self.request.method}"


@pytest.mark.parametrize("name", ["plain", "awaited"])
def test_within_its_time_an_endpoint_answers_as_ever(name: str) -> None:
    CALLER.set("me")
    client = Client(Timed)
    assert client.get(f"/{name}?wait=0").text == "me GET"
    assert client.get(f"/{name}?wait=0&fails=1").status == {"plain": 500, "awaited": 403}[name]


def test_after_it_the_answer_is_503_and_the_work_is_cancelled() -> None:
    Timed.said.clear()
    answer = Client(Timed).get("/awaited?wait=1")
    assert (answer.status, answer.json["detail"]) == (503, "There was no answer within 0.05 s")
    assert Timed.said == ["cancelled"] * 2


def test_of_one_that_goes_on_too_often_the_next_is_refused_until_some_have_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("utilmeta.core.pipeline.timeout.MOST_LATE", 4)
    client = Client(Timed)
    Timed.released.clear()
    before = set(threading.enumerate())
    for _ in range(2):  # the client asks twice: on a loop, and off it
        assert "no answer within" in client.get("/plain?wait=1").json["detail"]
    late = [thread for thread in set(threading.enumerate()) - before if thread.name.startswith("utilmeta-Timed")]
    assert len(late) == 4
    begun = time.monotonic()
    refused = client.get("/plain?wait=0")
    assert (refused.status, time.monotonic() - begun < 5 * TIMEOUT) == (503, True)
    assert refused.json["detail"] == "4 earlier requests have not come to their end yet"
    assert client.get("/awaited?wait=0").status == 200
    Timed.released.set()
    for thread in late:
        thread.join(5)
    assert client.get("/plain?wait=0").status == 200


def test_what_a_plain_one_does_later_reaches_the_log_alone(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "utilmeta")
    Timed.released.clear()
    before = set(threading.enumerate())
    assert Client(Timed).get("/plain?wait=1&fails=1").status == 503
    assert "after all" not in caplog.text
    late = set(threading.enumerate()) - before
    Timed.released.set()
    deadline = time.monotonic() + 5
    for thread in late:
        if thread.name.startswith("utilmeta-Timed"):
            thread.join(deadline - time.monotonic())
    assert "Timed.plain failed after its timeout" in caplog.text and "after all" in caplog.text
