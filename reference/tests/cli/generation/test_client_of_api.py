"""Clients of API classes: what they send and read, what they leave out, and what they are called (CLIENT-16)."""

from __future__ import annotations

import inspect
from typing import Any, Generic, TypeVar

import pydantic
import pytest
from peer import Peer, answer
from style import Style

from utilmeta.core import api, request
from utilmeta.core.cli import ArgumentError, Client, UnexpectedResponse
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import DeclarationError

T = TypeVar("T")


class Pet(pydantic.BaseModel):
    name: str
    age: int = 0


class Wrapped(Response[T], Generic[T]):
    result_key = "data"


class Missing(Response):
    status = 404


def made() -> int:
    raise AssertionError("a factory ran")


class ToyAPI(api.API):
    response = Wrapped
    shop: str = request.HeaderParam("X-Shop", default="")

    def get(self) -> list[Pet]:
        raise AssertionError("a body ran")

    @api.get("{toy}")
    async def toy(self, toy: int, pet: int) -> Wrapped[Pet]:
        raise AssertionError("a body ran")

    @api.post
    def close(self, _name: str = request.BodyParam, count: int = pydantic.Field(default_factory=made)):
        raise AssertionError("a body ran")


class RootAPI(api.API):
    """Pets."""

    toys: ToyAPI = api.route("of pet/{pet}/toys")

    @api.get("pet/{id}")
    def pet(self, id: int) -> Pet | Missing | None:
        """Return a pet."""
        raise AssertionError("a body ran")

    @api.put
    def change(self, data: Pet = request.Body) -> None:
        raise AssertionError("a body ran")

    @api.get(private=True)
    def secret(self) -> int:
        raise AssertionError("a body ran")

    @api.before("*")
    def hook(self) -> None:
        raise AssertionError("a hook ran")


@pytest.fixture
def client(peer: Peer, style: Style) -> Any:
    return style.client(Client.of(RootAPI, asynchronous=style.awaits), f"{peer.url}/api")


def test_models_are_sent_and_read(peer: Peer, style: Style, client: Any) -> None:
    peer.on("/api/pet/1", answer({"name": "Tim", "age": 3}))
    peer.on("/api/change", answer(None, 204))
    assert style.call(client.pet, 1).result == Pet(name="Tim", age=3)
    assert style.call(client.change, data=Pet(name="")).result is None
    assert peer.last.json == {"name": "", "age": 0}
    with pytest.raises(ArgumentError, match=r"'data\.name'"):
        style.call(client.change, data={})


def test_a_template_of_another_status_is_told_apart(peer: Peer, style: Style, client: Any) -> None:
    peer.on("/api/pet/1", answer({"detail": "none"}, 404), answer({"detail": "broken"}, 500))
    assert isinstance(style.call(client.pet, 1), Missing)
    with pytest.raises(UnexpectedResponse):
        style.call(client.pet, 1)


def test_a_class_gives_parameters_and_a_template(peer: Peer, style: Style, client: Any) -> None:
    path = peer.on("/api/of%20pet/2/toys", answer({"data": [{"name": "ball"}]})).removeprefix(peer.url)
    assert style.call(client.toys.get_, pet="2", shop="a").result == [Pet(name="ball")]
    assert (peer.last.target, peer.last.header("x-shop")) == (path, "a")
    peer.on(f"{path}/0", answer({"data": {"name": ""}}))
    assert style.call(client.toys.toy, 0, pet=2).result == Pet(name="")


def test_names_that_clients_have_end_in_an_underscore(peer: Peer, style: Style, client: Any) -> None:
    style.call(client.toys.close_, name="", pet="1")
    assert (peer.last.target, peer.last.json) == ("/api/of%20pet/1/toys/close", {"_name": ""})
    assert not hasattr(client, "secret")
    assert client.close is not client.toys.close_


def test_functions_are_awaited_as_their_endpoints_are() -> None:
    found = Client.of(RootAPI)("http://127.0.0.1:1")
    assert inspect.iscoroutinefunction(found.toys.toy)
    assert not inspect.iscoroutinefunction(found.pet)
    assert (found.pet.__doc__, type(found).__doc__, type(found).__name__) == ("Return a pet.", "Pets.", "RootClient")


def test_a_subclass_has_hooks_of_its_own(peer: Peer) -> None:
    class Signed(Client):
        def process_request(self, request: Any) -> None:
            request.headers["X-Key"] = "1"

    class Pets(Signed.of(RootAPI)):  # type: ignore[misc]
        @api.before("pet")
        def note(self, request: Any) -> None:
            request.query["n"] = 0

    peer.on("/pet/1", answer({"name": ""}))
    peer.on("/of%20pet/1/toys", answer({"data": []}))
    with Pets(peer.url) as pets:
        pets.pet(1)
        pets.toys.get_(pet="1")
    assert [each.header("x-key") for each in peer.received] == ["1", "1"]
    assert peer.received[0].target == "/pet/1?n=0"


class Untyped(api.API):
    response = Wrapped

    @api.get
    def anything(self):
        return 0


class Plain(api.API):
    @api.get
    def anything(self) -> Any:
        return 0


@pytest.mark.parametrize(("cls", "found"), [(Untyped, 0), (Plain, {"data": 0})])
def test_a_result_without_a_type_is_as_it_is(peer: Peer, cls: type[api.API], found: Any) -> None:
    peer.on("/anything", answer({"data": 0}))
    assert Client.of(cls)(peer.url).anything().result == found


def test_what_is_no_api_class_or_a_wrong_one_is_refused() -> None:
    class Twice(api.API):
        @api.get
        def wrong(self, unresolved: Absent) -> int:  # type: ignore[name-defined]  # noqa: F821
            return 0

    with pytest.raises(TypeError, match="made of an API class"):
        Client.of(Pet)
    with pytest.raises(Exception, match="Absent"):
        Client.of(Twice)


def test_names_of_arguments_are_those_of_python(peer: Peer) -> None:
    class Odd(api.API):
        @api.get("{_id}/{self_}")
        def odd(this, _id: int, self_: str, self: int = 0, _a: int = 0, a: int = 0) -> int:
            return 0

    peer.on("/1/b", answer(0))
    Client.of(Odd)(peer.url).odd(id_=1, self_="b", self__=2, a=3, a_=4)
    assert peer.last.target == "/1/b?self=2&_a=3&a=4"


def test_errors_of_declarations_are_those_of_the_service() -> None:
    class Open(api.API, Generic[T]):
        @api.get
        def found(self) -> T:
            raise AssertionError

    with pytest.raises(DeclarationError, match="TypeVar"):
        Client.of(Open)
