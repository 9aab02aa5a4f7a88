"""What building and asking an API cost, by counted calls; `python -m benchmarks` shows it in time."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from types import FrameType
from typing import Annotated, Any

import pydantic
import pytest
from fake import Client, FakeRequest
from many import root

from utilmeta.conf import Time
from utilmeta.core import api, request
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.dispatch import Handle, Limits, compile_handle
from utilmeta.core.pipeline.host import AllowedHosts
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.core.pipeline.responder import Responder
from utilmeta.core.request.schemas import adapter
from utilmeta.core.request.schemas.adapter import compile_adapter
from utilmeta.core.response.encoding import compile_encoder
from utilmeta.utils.exceptions import DeclarationError

MANY = 10_000
TARGETS = {
    "fixed": ("GET", "/part0/fixed0", 200),
    "templated": ("GET", "/part0/templated1/7?size=3", 200),
    "with a body": ("POST", "/part0/stored3/7", 200),
    "wrong": ("GET", "/part0/templated1/seven", 400),
    "unknown": ("GET", "/part0/unknown", 404),
    "another method": ("PUT", "/part0/fixed0", 405),
}


def handle(routes: int) -> Handle:
    table = compile_routes(endpoints(root(routes)))
    responder = Responder(compile_encoder(Time()), production=True)
    return compile_handle(table, responder, Limits(1000, AllowedHosts()), Lifecycle())


class Adapters(Counter[str]):
    """Counts the validators that are made, by the type they are for."""

    def __call__(self, kind: Any, *arguments: Any, **options: Any) -> pydantic.TypeAdapter[Any]:
        self[repr(kind)] += 1
        return self.real(kind, *arguments, **options)

    real = pydantic.TypeAdapter


@pytest.fixture(scope="module")
def built() -> tuple[Handle, Adapters]:
    """An API of many routes, and the validators that were made for it."""
    adapters = Adapters()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapter.pydantic, "TypeAdapter", adapters)
        return handle(MANY), adapters


def calls(ask: Handle, method: str, target: str, status: int) -> Counter[str]:
    """How often each function is called, Python's own included, on the way of one request."""
    counted: Counter[str] = Counter()

    def count(frame: FrameType, event: str, function: Any) -> None:
        if event == "call":
            counted[frame.f_code.co_qualname if sys.version_info >= (3, 11) else frame.f_code.co_name] += 1
        elif event == "c_call":
            counted[function.__qualname__] += 1

    body = b'{"title": "a", "words": 1, "tags": []}' if method == "POST" else b""
    headers = {"content-type": "application/json"} if body else {}
    for _ in range(2):  # the first one starts the service
        one = FakeRequest(method, target, headers, body)
        counted.clear()
        sys.setprofile(count)
        try:
            answered, _, _ = ask(one)
        finally:
            sys.setprofile(None)
        assert answered == status
    return counted


@pytest.mark.parametrize("case", TARGETS)
def test_a_request_costs_the_same_among_ten_routes_and_ten_thousand(built: tuple[Handle, Adapters], case: str) -> None:
    many, _ = built
    assert calls(many, *TARGETS[case]) == calls(handle(10), *TARGETS[case])


def test_parameters_that_are_declared_alike_share_a_validator(built: tuple[Handle, Adapters]) -> None:
    _, made = built
    assert all(times == 1 for times in made.values()), made.most_common(3)
    assert len(made) <= 6, "there are six kinds of parameters"


def test_a_model_is_compiled_once_however_many_endpoints_take_it() -> None:
    compiled = []

    class Size:
        """A type that tells when it is compiled."""

        @classmethod
        def __get_pydantic_core_schema__(cls, source: Any, handler: Callable[[Any], Any]) -> Any:
            compiled.append(source)
            return handler(int)

    class Window(pydantic.BaseModel):
        size: Size

    def taker(name: str) -> Any:
        def taking(self: api.API, window: Window = request.Query, size: Size = request.HeaderParam(default=1)) -> str:
            return str(window.size)

        taking.__name__ = name
        taking.__annotations__ = {"window": Window, "size": Size, "return": str}
        return api.get(taking)

    of_the_model = len(compiled)
    client = Client(type("RootAPI", (api.API,), {name: taker(name) for name in ("one", "two", "three")}))
    assert client.get("/two?size=5").text == client.get("/three?size=5").text == "5"
    assert (of_the_model, len(compiled)) == (1, 2)


def test_what_is_equal_and_reads_otherwise_has_validators_of_its_own() -> None:
    first: Any = int | str
    second: Any = str | int
    assert first == second
    assert compile_adapter(first, "one") is compile_adapter(int | str, "another")
    assert compile_adapter(first, "one") is not compile_adapter(second, "one")


def test_what_cannot_be_compared_is_compiled_each_time() -> None:
    kind: Any = Annotated[int, {"metadata": []}]
    assert compile_adapter(kind, "one") is not compile_adapter(kind, "one")


def test_an_error_names_each_parameter_anew() -> None:
    for label in ("RootAPI.one: parameter 'a'", "RootAPI.two: parameter 'b'"):
        with pytest.raises(DeclarationError, match=label.replace(".", r"\.")):
            compile_adapter(object(), label)
