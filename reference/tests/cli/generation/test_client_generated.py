"""Modules of clients: equal to those in ``generated/``, which ruff and type checkers read, and what is refused."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Literal

import hostile_api
import msgspec
import pets_api
import pydantic
import pytest
from peer import Peer, answer
from typing_extensions import TypeAliasType

from utilmeta.core import api, request
from utilmeta.core.cli import Client
from utilmeta.core.cli.generation.api_class import read_api, read_apis
from utilmeta.core.cli.generation.layout import literal
from utilmeta.core.cli.generation.module import write_module
from utilmeta.utils.exceptions import DeclarationError

GENERATED = Path(__file__).parent / "generated"
MODULES = {
    "typed_pets": (pets_api.RootAPI, "Client of the service pets.", "http://127.0.0.1:8000/api"),
    "typed_hostile": (hostile_api.API, hostile_api.TEXT, hostile_api.CODE),
}


def written(cls: type[api.API], doc: str = "Client.", url: str | None = None, *, asynchronous: bool = False) -> str:
    return write_module(read_api(cls, dir(Client), asynchronous=asynchronous), doc, url)


def module_of(source: str, name: str = "generated_client") -> ModuleType:
    """Return a module that is not on the disk; pydantic looks its names up among those that are imported."""
    made = sys.modules[name] = ModuleType(name)
    exec(compile(source, name, "exec"), vars(made))
    return made


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_the_one_that_tools_have_checked(name: str) -> None:
    assert written(*MODULES[name]) == (GENERATED / f"{name}.py").read_text(encoding="utf-8")


@pytest.fixture
def pets(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(GENERATED))
    return importlib.import_module("typed_pets")


def test_a_module_sends_what_a_client_of_the_class_sends(peer: Peer, pets: Any) -> None:
    peer.on("/find", answer({"items": [], "next": 0}))
    peer.on("/filtered", answer([0, "", None, False]))
    peer.on("/pet/1/toys", answer({"data": {"": 0}, "message": ""}))
    peer.on("/text", answer(b"a", kind="text/plain"))
    peer.on("/slug/a", answer([1], 200, ("X-Total", "0")))
    peer.on("/shapes", answer({"data": {"items": [0]}, "message": ""}))
    one, other = pets.RootClient(peer.url), Client.of(pets_api.RootAPI, asynchronous=False)(peer.url)
    pet = {"id": "00000000-0000-0000-0000-000000000000", "name": "", "price": "1.5", "at": [0, 0], "seen": "PT0S"}
    pet["tags"] = [{"text": "a", "tag-weight": 0.5, "parent": {"text": "b"}}]  # type: ignore[assignment]
    results = []
    for client in (one, other):
        results += [
            client.find(color="red", token="0", tags=["", "a"], since="2020-01-01", hidden=0).result.next_page,
            client.filtered(query={"q": "", "page-size": 0}).result,
            client.slug("a").headers["x-total"],
            client.shapes(data={"lineWidth": 0, "type": "circle"}).result.items,
            client.text(data="").status,
            client.toys.post_(pet="1", name="", count=0, shop="").status,
        ]
        with pytest.raises(Exception, match="id: Field required"):
            client.change(data=pet)
    half = len(peer.received) // 2
    shown = [(each.method, each.target, each.body) for each in peer.received]
    assert shown[:half] == shown[half:]
    assert results[:5] == [0, [0, "", None, False], 0, [0], 200]
    assert results[:6] == results[6:]


def test_models_can_be_made_by_their_names(pets: Any) -> None:
    assert pets.Tag(text="a", weight=2).weight == 2
    assert pets.PagePet.model_validate({"items": [], "next": 3}).next_page == 3
    assert pets.Color.title_ == "title"
    assert pets.RootClient().toys is not None


def test_a_module_is_imported_whatever_its_names_are(peer: Peer) -> None:
    made = module_of(written(hostile_api.API))
    client = made.Client(peer.url)
    client.field.list(id_="1", self_="2", value={})
    assert peer.last.target == "/%5Cn1/2/at3%20'%22%C3%BC"


def test_functions_are_awaited_where_that_is_asked() -> None:
    assert written(pets_api.RootAPI, asynchronous=True).count("async def") == 12


def test_several_classes_have_their_routes() -> None:
    description = read_apis([("/", pets_api.ToyAPI), ("v2/pets", pets_api.RootAPI)], dir(Client), asynchronous=False)
    assert [(each.name, each.template) for each in description.mounts] == [("v2_pets", "v2/pets")]
    assert "v2_pets: Annotated" in write_module(description, "Both.")


class Own:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return handler(int)


class Array(msgspec.Struct, array_like=True):
    x: int


class Deep(pydantic.BaseModel):
    x: int = pydantic.Field(validation_alias=pydantic.AliasPath("a", 0))


Tree = TypeAliasType("Tree", "int | list[Tree]")  # type: ignore[misc]


@pytest.mark.parametrize("kind", [Own, list[Array], Deep, Tree, type, pydantic.BaseModel])
def test_a_type_without_a_form_names_endpoint_and_parameter(kind: Any) -> None:
    class Taken(api.API):
        @api.post
        def found(self, data: kind = request.Body) -> int:  # type: ignore[valid-type]
            return 0

    class Given(api.API):
        @api.post
        def found(self) -> kind:  # type: ignore[valid-type]
            return 0

    Taken.found.__annotations__["data"] = Given.found.__annotations__["return"] = kind
    with pytest.raises(DeclarationError, match=r"Taken\.found: parameter 'data'.* cannot be written"):
        written(Taken)
    with pytest.raises(DeclarationError, match=r"Given\.found: its result.* cannot be written"):
        written(Given)


@pytest.mark.parametrize(
    ("value", "source"),
    [("it's", '"it\'s"'), ('"', "'\"'"), ("\0", '"\\x00"'), (b"'", 'b"\'"'), (1e16, "1e16"), (float("inf"), None)],
)
def test_literals_are_as_the_formatter_leaves_them(value: Any, source: str | None) -> None:
    assert literal(value) == source


def test_what_is_not_used_is_not_imported() -> None:
    class Root(api.API):
        @api.get
        def found(self, a: int = request.QueryParam(required=False)) -> int:
            return a

    assert "    def found(self, a: int | None = None) -> Response[int]: ..." in written(Root)
    assert "typing" not in written(Root)


def test_constraints_and_literals_are_kept() -> None:
    class Root(api.API):
        @api.get
        def found(self, a: Annotated[int, pydantic.Field(ge=0)], b: Literal[0, ""] = "") -> int:
            return a

    assert "        a: Annotated[int, Field(ge=0)],\n        b: Literal[0" in written(Root)


if __name__ == "__main__":  # PYTHONPATH=.. python test_client_generated.py writes them anew
    for each, case in MODULES.items():
        (GENERATED / f"{each}.py").write_text(written(*case), encoding="utf-8")
