"""Probe: API classes that cannot work, each put into an application of its own; it returns their errors."""

import functools
from dataclasses import dataclass
from typing import Annotated, Any, Dict, List

from api_trial import build, way
from utilmeta.core import api, request


def endpoint(decorate, function):
    """`function` as the endpoint `culprit`."""
    function.__name__ = "culprit"
    function.__qualname__ = "CulpritAPI.culprit"
    return decorate(function)


def of(decorate, function):
    return type("CulpritAPI", (api.API,), {"__module__": __name__, "culprit": endpoint(decorate, function)})


def mixed_in(decorate, function):
    """As `of`, of a base that is no API class."""
    mixin = type("Mixin", (), {"__module__": __name__, "culprit": endpoint(decorate, function)})
    return type("CulpritAPI", (mixin, api.API), {"__module__": __name__})


def annotated(annotation):
    def culprit(self, number=None):
        return number

    culprit.__annotations__ = {"number": annotation}
    return culprit


def two_bases():
    first = type("FirstAPI", (api.API,), {"__module__": __name__, "culprit": api.get(lambda self: 1)})
    second = type("SecondAPI", (api.API,), {"__module__": __name__, "culprit": api.get(lambda self: 2)})
    return type("CulpritAPI", (first, second), {"__module__": __name__})


def two_mounts():
    first = type(
        "FirstAPI", (api.API,), {"__module__": __name__, "culprit": api.get(endpoint(lambda f: f, lambda self: 1))}
    )
    second = type(
        "SecondAPI", (api.API,), {"__module__": __name__, "culprit": api.get(endpoint(lambda f: f, lambda self: 2))}
    )
    members = {"one": api.route("same"), "two": api.route("same"), "__annotations__": {"one": first, "two": second}}
    return type("CulpritAPI", (api.API,), {"__module__": __name__, **members})


def shared(marker):
    members = {"number": marker, "__annotations__": {"number": int}, "culprit": api.get(lambda self: 1)}
    return type("CulpritAPI", (api.API,), {"__module__": __name__, **members})


@dataclass
class Inner:
    size: int


@dataclass
class Outer:
    inner: Inner


def hooked(function):
    function.__name__ = "hook"
    members = {"hook": api.before("*")(function), "culprit": endpoint(api.get("x"), lambda self: 1)}
    return type("CulpritAPI", (api.API,), {"__module__": __name__, **members})


def prepared(init):
    members = {"__module__": __name__, "__init__": init, "culprit": api.get(lambda self: 1)}
    return type("CulpritAPI", (api.API,), members)


async def awaited(self, request):
    """An `__init__` that nobody can await."""


def shadowed():
    members = {"number": request.QueryParam(), "__annotations__": {"number": int}}
    return type("CulpritAPI", (of(api.get("x"), lambda self, number=1: 1),), {"__module__": __name__, **members})


def mounted(value):
    leaf = type("LeafAPI", (api.API,), {"__module__": __name__})
    members = {"culprit": value, "__annotations__": {"culprit": leaf}}
    return type("CulpritAPI", (api.API,), {"__module__": __name__, **members})


def circle():
    culprit = type("CulpritAPI", (api.API,), {"__module__": __name__})
    culprit.__annotations__ = {"culprit": culprit}
    return culprit


def core(decorate, name="get"):
    def culprit(self, number=""):
        return ""

    culprit.__name__ = name
    culprit.__qualname__ = f"CulpritAPI.{name}"
    return type("CulpritAPI", (api.API,), {"__module__": __name__, name: decorate(culprit)})


def routed(**options):
    leaf = type("LeafAPI", (api.API,), {"__module__": __name__, "leaf": api.get("leaf")(lambda self: "")})
    return api.route("culprit", **options)(leaf)


# What the requirement API-9 is about, and the words that its error has to have; of words with `|` between them one is
# enough.
IMPOSSIBLE = {
    "a path parameter that is not in the route": (
        lambda: of(api.get("x"), lambda self, number=request.PathParam(): 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "a template that no parameter takes": (
        lambda: of(api.get("{number}"), lambda self: 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "two templates with nothing between them": (
        lambda: of(api.get("x/{first}{number}"), lambda self, first, number: 1),
        ["CulpritAPI", "culprit", "first|number"],
    ),
    "a template of the route sent elsewhere": (
        lambda: of(api.get("{number}"), lambda self, number=request.QueryParam(): 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "two catch-alls": (
        lambda: of(
            api.get("{first}/{number}"), lambda self, first=request.FilePathParam, number=request.FilePathParam: 1
        ),
        ["CulpritAPI", "culprit", "first|number"],
    ),
    "a route after a catch-all": (
        lambda: of(api.get("{number}/more"), lambda self, number=request.FilePathParam: 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "a body of a GET": (
        lambda: of(api.get("x"), lambda self, number=request.BodyParam(): 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "a body of a hook around a GET": (
        lambda: hooked(lambda self, number=request.BodyParam(): None),
        ["CulpritAPI", "hook", "culprit", "number"],
    ),
    "a type that no text becomes": (
        lambda: of(api.get("x"), annotated(Dict[str, int])),
        ["CulpritAPI", "culprit", "number"],
    ),
    "a list in a path": (lambda: of(api.get("{number}"), annotated(List[int])), ["CulpritAPI", "culprit", "number"]),
    "a member that no text becomes": (
        lambda: of(api.get("x"), annotated(Annotated[Outer, request.Query])),
        ["CulpritAPI", "culprit", "number"],
    ),
    "bounds that no value keeps": (
        lambda: of(api.get("x"), annotated(Annotated[int, request.QueryParam(ge=2, le=1)])),
        ["CulpritAPI", "culprit", "number"],
    ),
    "two markers": (
        lambda: of(api.get("x"), annotated(Annotated[int, request.QueryParam, request.HeaderParam])),
        ["CulpritAPI", "culprit", "number"],
    ),
    "a regex that no segment matches": (
        lambda: of(api.get("{number}"), lambda self, number=request.PathParam("a/b"): 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "a regex that is none": (
        lambda: of(api.get("{number}"), lambda self, number=request.PathParam("(["): 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "an annotation that nothing can be checked against": (
        lambda: of(api.get("x"), annotated(object())),
        ["CulpritAPI", "culprit", "number"],
    ),
    "an annotation that does not resolve": (
        lambda: of(api.get("x"), annotated("Nowhere")),
        ["CulpritAPI", "culprit", "number|Nowhere"],
    ),
    "any number of parameters": (
        lambda: of(api.get("x"), lambda self, *number: 1),
        ["CulpritAPI", "culprit", "number"],
    ),
    "any parameter": (lambda: of(api.get("x"), lambda self, **number: 1), ["CulpritAPI", "culprit", "number"]),
    "two whole bodies": (
        lambda: of(api.post("x"), lambda self, first=request.Body, number=request.Body: 1),
        ["CulpritAPI", "culprit", "first|number"],
    ),
    "a shared path parameter that is not in the route": (lambda: shared(request.PathParam()), ["CulpritAPI", "number"]),
    "a shared and an own parameter of one name": (shadowed, ["CulpritAPI", "culprit", "number"]),
    "an __init__ of more than the request": (
        lambda: prepared(lambda self, request, number: None),
        ["CulpritAPI", "__init__", "number"],
    ),
    "an __init__ to be awaited": (lambda: prepared(awaited), ["CulpritAPI", "__init__"]),
    "a mount at what is no route": (lambda: mounted("text"), ["CulpritAPI", "culprit"]),
    "a mount of itself": (circle, ["CulpritAPI"]),
}
DECLARATIONS = {
    "API-2b": {"two bases with one name": (two_bases, [])},
    "API-2d": {
        "two bases with one name": (two_bases, ["FirstAPI", "SecondAPI"]),
        "two mounts with one path": (two_mounts, ["FirstAPI", "SecondAPI"]),
    },
    "API-6b": {
        "an option of another name": (
            lambda: of(api.get("x", colour="red"), lambda self: 1),
            ["culprit", "colour"],
        ),
        "an option of another type": (
            lambda: of(api.get("x", timeout="soon"), lambda self: 1),
            ["culprit", "timeout"],
        ),
    },
    "API-9": IMPOSSIBLE,
    "REQUEST-g6": {
        "two templates": (lambda: of(api.get("{first}{number}"), lambda self, first, number: 1), []),
        "two templates within others": (
            lambda: of(api.get("x/{zero}-{first}{number}.html"), lambda self, zero, first, number: 1),
            [],
        ),
    },
    "API-12": {
        "a path": (lambda: core(api.post("x"), "post"), ["CulpritAPI", "post"]),
        "another method": (lambda: core(api.delete), ["CulpritAPI", "get"]),
        "another method and a path": (lambda: core(api.post("x")), ["CulpritAPI", "get"]),
    },
    "API-14": {
        "an option of another name": (lambda: routed(colour="red"), ["colour"]),
        "a text for a truth": (lambda: routed(private=""), ["private"]),
        "a number for a truth": (lambda: routed(deprecated=0), ["deprecated"]),
        "None for a text": (lambda: routed(summary=None), ["summary"]),
    },
    "API-16": {
        "two decorators": (
            lambda: of(lambda function: api.get(api.post(function)), lambda self: ""),
            ["culprit"],
        ),
        "two decorators, one with a path": (
            lambda: of(lambda function: api.get(api.post("x")(function)), lambda self: ""),
            ["culprit"],
        ),
        "two decorators in a mixin": (
            lambda: mixed_in(lambda function: api.get(api.post(function)), lambda self: ""),
            ["culprit"],
        ),
        "two decorators in a mixin, one with a path": (
            lambda: mixed_in(lambda function: api.put(api.put("x")(function)), lambda self: ""),
            ["culprit"],
        ),
    },
    "API-g5": {
        f"a path of {name}": (functools.partial(core, getattr(api, name)(path), name), [])
        for name, path in (("get", "x"), ("post", "{number}"), ("put", "put"), ("patch", "/x/y"), ("delete", "0"))
    },
}
RIGHT = (lambda: of(api.get("x"), lambda self: 1), [])


def declared(requirement):
    """What is wrong with the error of each declaration of that requirement; of the last, that there is one."""
    put, target = way(RIGHT[0])
    told = {what: tried(put, target, *each) for what, each in DECLARATIONS[requirement].items()}
    first = next(iter(DECLARATIONS[requirement].values()))
    return {**told, "in a service": tried(build, None, *first), "nothing wrong": tried(build, None, *RIGHT)}


def tried(put, target, declare, words) -> Any:
    """The error, and the words that it lacks."""
    try:
        members = {"__module__": __name__, "__annotations__": {"mounted": declare()}}
        put(target, type("RootAPI", (api.API,), members))
    except Exception as error:  # noqa: BLE001 - what it says is looked at
        said = str(error)
        lacks = [word for word in words if not any(one in said for one in word.split("|"))]
        return {"error": said, "lacks": lacks}
    return {"error": None, "lacks": words}
