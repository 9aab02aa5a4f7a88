"""Probe: parameters that cannot work (defaults, fields, Literals, TypeVars), each put into an application."""

import dataclasses
import threading
from dataclasses import dataclass
from typing import Annotated, Any, Generic, List, Literal, Optional, TypeVar

from api_invalid_declarations import annotated, hooked, of, shared, tried
from api_trial import way
from utilmeta.core import api, request

try:
    import pydantic
except ImportError:
    pydantic = None
try:
    import msgspec
except ImportError:
    msgspec = None

T = TypeVar("T")
Whole = TypeVar("Whole", bound=int)
Either = TypeVar("Either", int, str)


class Locked:
    """An object that cannot be copied."""

    def __init__(self):
        self.lock = threading.Lock()


LOCKED = Locked()


@dataclass
class Holding:
    held: Any = LOCKED


def defaulted(annotation, default):
    def culprit(self, number=default):
        return number

    culprit.__annotations__ = {"number": annotation}
    return culprit


def generic(*variables, annotation, arguments=None):
    """A generic `CulpritAPI`; with arguments, a subclass `GivenAPI` of it that has them."""
    function = annotated(annotation)
    function.__name__ = "culprit"
    function.__qualname__ = "CulpritAPI.culprit"

    class CulpritAPI(api.API, Generic[variables]):
        culprit = api.post("x")(function)

    if arguments is None:
        return CulpritAPI

    class GivenAPI(CulpritAPI[arguments]):
        pass

    return GivenAPI


def generic_shared():
    class CulpritAPI(api.API, Generic[T]):
        number: T = request.QueryParam(default=None)

        @api.get
        def culprit(self):
            return "never"

    return CulpritAPI


def generic_hook():
    class CulpritAPI(api.API, Generic[T]):
        @api.get
        def culprit(self):
            return "never"

        @api.before("*")
        def hook(self, number: T):
            return None

    return CulpritAPI


CULPRIT = ["CulpritAPI", "culprit", "number"]

# By requirement: what is declared, and the words that its error has to have.
DECLARATIONS = {
    "REQUEST-16b": {
        "a default that cannot be copied": (lambda: of(api.get("x"), defaulted(Any, LOCKED)), CULPRIT),
        "one within another": (lambda: of(api.get("x"), defaulted(Any, ([LOCKED], 1))), CULPRIT),
        "a default of a marker": (
            lambda: of(api.post("x"), defaulted(Any, request.BodyParam(default=LOCKED))),
            CULPRIT,
        ),
        "a default of a shared parameter": (
            lambda: shared(request.QueryParam(default=LOCKED)),
            ["CulpritAPI", "number"],
        ),
        "a default of a hook": (lambda: hooked(defaulted(Any, LOCKED)), ["CulpritAPI", "hook", "number"]),
        "a default of a member": (lambda: of(api.get("x"), annotated(Annotated[Holding, request.Query])), CULPRIT),
    },
    "REQUEST-17b": {
        "a field of dataclasses": (
            lambda: of(api.get("x"), defaulted(int, dataclasses.field(default=1))),
            [*CULPRIT, "dataclasses"],
        ),
        "a field of dataclasses, shared": (
            lambda: shared(dataclasses.field(default=1)),
            ["CulpritAPI", "number", "dataclasses"],
        ),
    },
    "REQUEST-18c": {
        "a Literal that no text becomes": (lambda: of(api.get("x"), annotated(Literal[None])), CULPRIT),
        "a list of such": (lambda: of(api.get("x"), annotated(List[Literal[None]])), CULPRIT),
    },
    "API-10c": {
        "a TypeVar left open": (lambda: generic(T, annotation=T), [*CULPRIT, "T"]),
        "a TypeVar left open, in a list": (lambda: generic(T, annotation=Optional[List[T]]), [*CULPRIT, "T"]),
        "a TypeVar left open by a subclass": (
            lambda: type("GivenAPI", (generic(T, annotation=T),), {}),
            ["GivenAPI", "culprit", "number", "T"],
        ),
        "a TypeVar left open, with a bound": (lambda: generic(Whole, annotation=Whole), [*CULPRIT, "Whole"]),
        "a TypeVar left open, of a shared parameter": (generic_shared, ["CulpritAPI", "number", "T"]),
        "a TypeVar left open, of a hook": (generic_hook, ["CulpritAPI", "hook", "number", "T"]),
        "a TypeVar of no class": (lambda: of(api.get("x"), annotated(T)), [*CULPRIT, "T"]),
        "a type beyond the bound": (
            lambda: generic(Whole, annotation=Whole, arguments=str),
            ["GivenAPI", "Whole"],
        ),
        "a type that is not among them": (
            lambda: generic(Either, annotation=Either, arguments=float),
            ["GivenAPI", "Either"],
        ),
    },
}

if pydantic is not None:
    DECLARATIONS["REQUEST-17b"].update(
        {
            "an alias in a path": (
                lambda: of(api.get("{number}"), defaulted(int, pydantic.Field(alias="other"))),
                [*CULPRIT, "alias"],
            ),
            "an alias of a whole body": (
                lambda: of(api.post("x"), annotated(Annotated[dict, request.Body, pydantic.Field(alias="other")])),
                [*CULPRIT, "alias"],
            ),
            "several aliases": (
                lambda: of(
                    api.get("x"), defaulted(int, pydantic.Field(validation_alias=pydantic.AliasChoices("a", "b")))
                ),
                CULPRIT,
            ),
            "two defaults": (
                lambda: of(
                    api.get("x"), defaulted(Annotated[int, pydantic.Field(default=1)], request.QueryParam(default=2))
                ),
                [*CULPRIT, "default"],
            ),
            "what is for a model": (
                lambda: of(api.get("x"), defaulted(int, pydantic.Field(exclude=True))),
                [*CULPRIT, "exclude"],
            ),
            "bounds that the type cannot have": (
                lambda: of(api.get("x"), defaulted(str, pydantic.Field(ge=1))),
                [*CULPRIT, "ge"],
            ),
            "a pattern of a number": (
                lambda: of(api.get("x"), defaulted(int, pydantic.Field(pattern="[0-9]"))),
                [*CULPRIT, "pattern"],
            ),
            "bounds that no value keeps": (
                lambda: of(api.get("x"), defaulted(int, pydantic.Field(ge=2, le=1))),
                CULPRIT,
            ),
            "a number that no text becomes": (
                lambda: of(api.get("x"), defaulted(int, pydantic.Field(strict=True))),
                CULPRIT,
            ),
        }
    )
    DECLARATIONS["REQUEST-21"] = {
        "a module that a client names": (lambda: of(api.get("x"), annotated(pydantic.ImportString)), CULPRIT),
        "one of several": (
            lambda: of(api.post("x"), annotated(Annotated[List[pydantic.ImportString], request.Json])),
            CULPRIT,
        ),
    }
if msgspec is not None:
    DECLARATIONS["REQUEST-17b"].update(
        {
            "a field of msgspec": (
                lambda: of(api.get("x"), defaulted(int, msgspec.field(default=1))),
                [*CULPRIT, "msgspec"],
            ),
            "a note of msgspec": (
                lambda: of(api.get("x"), annotated(Annotated[int, msgspec.Meta(ge=1)])),
                [*CULPRIT, "msgspec"],
            ),
        }
    )


def right():
    """What nothing is wrong with, beside what is."""

    class CrudAPI(api.API, Generic[T]):
        @api.get("y")
        def culprit(self, number: T):
            return "never"

    class GivenAPI(CrudAPI[Literal[1, None]]):
        pass

    return GivenAPI


def declared(requirement):
    """What is wrong with the error of each declaration of that requirement; and that of one that is right."""
    put, target = way(lambda: of(api.get("x"), lambda self: 1))
    told = {what: tried(put, target, *each) for what, each in DECLARATIONS.get(requirement, {}).items()}
    return {**told, "nothing wrong": tried(put, target, right if requirement == "API-10c" else plain, [])}


def plain():
    return of(api.get("y"), lambda self, number=1: 1)
