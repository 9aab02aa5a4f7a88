"""Probe: API classes that look right and would do nothing, each put into an application; it returns their errors."""

import enum
import functools
from typing import Annotated, Any, ClassVar, Dict, List, Optional, Type, Union

from api_trial import attach, build, way
from utilmeta.core import api, request
from utilmeta.core.response import Response


class Colour(enum.Enum):
    RED = "red"


class Template(Response):
    result_key = "data"


class LeafAPI(api.API):
    @api.get
    def leaf(self):
        return ""


class Plain:
    """Has an endpoint, and is no API class."""

    @api.get
    def leaf(self):
        return ""


def endpoint(function, decorate=None, result=None, **annotations):
    """`function` as the endpoint `culprit` of CulpritAPI, annotated so."""
    function.__name__ = "culprit"
    function.__qualname__ = "CulpritAPI.culprit"
    function.__annotations__ = {**annotations, **({} if result is None else {"return": result})}
    return (decorate or api.post("culprit"))(function)


def culprit(annotations=(), /, **members):
    """CulpritAPI, which has these attributes and an endpoint that is right."""
    members.setdefault("right", api.get("right")(lambda self: ""))
    return type("CulpritAPI", (api.API,), {"__module__": __name__, "__annotations__": dict(annotations), **members})


def routed(template):
    return culprit(culprit=endpoint(lambda self, number="": "", api.get(template)))


def mounted(template):
    return culprit({"branch": LeafAPI}, branch=api.route(template))


def defaulted(kind, default):
    return culprit(culprit=endpoint(lambda self, number=default: "", number=kind))


def hooked(kind, default):
    hook = endpoint(lambda self, number=default: None, api.before("*"), number=kind)
    return culprit(culprit=hook)


def template(**members):
    return culprit(response=type("CulpritTemplate", (Template,), members))


def returning(annotation):
    return culprit(culprit=endpoint(lambda self: "", result=annotation))


MOUNTS = {
    "a class alone": lambda: culprit(branch=LeafAPI),
    "an instance": lambda: culprit(branch=LeafAPI(None)),
    "Optional": lambda: culprit({"branch": Optional[LeafAPI]}),
    "Optional, None": lambda: culprit({"branch": Optional[LeafAPI]}, branch=None),
    "a list": lambda: culprit({"branch": List[LeafAPI]}),
    "a dict": lambda: culprit({"branch": Dict[str, LeafAPI]}),
    "a union": lambda: culprit({"branch": Union[int, None, LeafAPI]}),
    "a list in a dict": lambda: culprit({"branch": Dict[str, List[Optional[LeafAPI]]]}),
    "a type": lambda: culprit({"branch": Type[LeafAPI]}),
    "ClassVar": lambda: culprit({"branch": ClassVar[LeafAPI]}),
    "Any": lambda: culprit({"branch": Any}, branch=LeafAPI),
    "a plain class": lambda: culprit({"branch": Plain}),
}
NAMES = {
    "an endpoint request": ("request", lambda: culprit(request=api.get(lambda self: ""))),
    "an endpoint response": ("response", lambda: culprit(response=api.get(lambda self: ""))),
    "an endpoint __init__": ("__init__", lambda: culprit(__init__=api.get(lambda self, request: ""))),
    "an endpoint __str__": ("__str__", lambda: culprit(__str__=api.get(lambda self: ""))),
    "a hook request": ("request", lambda: culprit(request=api.before("*")(lambda self: None))),
    "a hook response": ("response", lambda: culprit(response=api.before("*")(lambda self: None))),
    "a mount request": ("request", lambda: culprit({"request": LeafAPI})),
    "a mount response": ("response", lambda: culprit({"response": LeafAPI})),
    "a shared request": ("request", lambda: culprit(request=request.HeaderParam("X"))),
    "a shared response": ("response", lambda: culprit(response=request.HeaderParam("X"))),
    "a parameter request": ("request", lambda: culprit(culprit=endpoint(lambda self, request: ""))),
    "a parameter response": ("response", lambda: culprit(culprit=endpoint(lambda self, response: ""))),
}
DEFAULTS = {
    "of another type": lambda: defaulted(int, "oops"),
    "of a query parameter": lambda: defaulted(int, request.QueryParam(default="oops")),
    "of a header": lambda: defaulted(int, request.HeaderParam(default="oops")),
    "of a cookie": lambda: defaulted(int, request.CookieParam(default="oops")),
    "of a body field": lambda: defaulted(int, request.BodyParam(default="oops")),
    "of a body": lambda: defaulted(Dict[str, int], request.Body(default={"a": "oops"})),
    "of a query": lambda: defaulted(Dict[str, int], request.Query(default={"a": "oops"})),
    "in Annotated": lambda: defaulted(Annotated[int, request.QueryParam], "oops"),
    "of a hook": lambda: hooked(int, "oops"),
    "of a class": lambda: culprit({"number": int}, number=request.QueryParam(default="oops")),
    "converted": lambda: defaulted(int, "5"),
    "the value of an Enum": lambda: defaulted(Colour, "red"),
    "a number as a text": lambda: defaulted(str, 0),
    "an empty text": lambda: defaulted(int, ""),
    "false": lambda: defaulted(str, False),
    "an empty list": lambda: defaulted(int, request.QueryParam(default=[])),
    "an empty mapping": lambda: hooked(List[int], request.QueryParam(default={})),
    "...": lambda: defaulted(int, ...),
}
ROUTES = {
    "<int:number>": ["{number}"],
    "<number>": ["{number}"],
    "page/<str:number>/more": ["{number}"],
    ":number": ["{number}"],
    "{number:int}": ["{number}"],
    "{number:path}": ["{number}"],
    "{number?}": ["{number}"],
    "(?P<number>[0-9]+)": ["{number}"],
    "[number]": ["{number}"],
    "*": [],
    "*number": [],
    "^page$": [],
    "page?number=1": [],
    "page#number": [],
    "a%20page": [],
    "caf%C3%A9": [],
    "caf%c3%a9": [],
    "page/%2f": [],
    "https://page": [],
}
TEMPLATES = {
    "an instance": ("response", lambda: culprit(response=Template())),
    "an annotation": ("response", lambda: culprit({"response": Template})),
    "a list": ("culprit", lambda: returning(List[Template])),
    "a type": ("culprit", lambda: returning(Type[Template])),
    "a list that may have none": ("culprit", lambda: returning(List[Optional[Template]])),
    "a list in a dict, or none": ("culprit", lambda: returning(Optional[Dict[str, List[Template]]])),
    "a list in Annotated": ("culprit", lambda: returning(Annotated[List[Annotated[Template, ""]], ""])),
    "an instance returned": ("culprit", lambda: returning(Template())),
    "strict": ("strict", lambda: template(strict=True)),
    "another key": ("data_key", lambda: template(data_key="data")),
    "a content type": ("content_type", lambda: template(content_type="text/css")),
}
KEPT = {
    "a class that is kept": lambda: culprit({"kept": Type[LeafAPI]}, kept=LeafAPI, _other=LeafAPI),
    "a class within": lambda: culprit({"branch": type("SubAPI", (LeafAPI,), {"__module__": __name__})}, base=LeafAPI),
}
RIGHT_MOUNTS = {
    "a mount": lambda: culprit({"branch": LeafAPI}),
    "a mount taken away": lambda: type(
        "SubAPI", (culprit({"branch": LeafAPI}),), {"__module__": __name__, "branch": None}
    ),
}
RIGHT_NAMES = {
    "a parameter request that is annotated": lambda: culprit(
        culprit=endpoint(lambda self, request, response="": "", request=str)
    ),
}
RIGHT_DEFAULTS = {
    "None": lambda: defaulted(int, None),
    "a number for a number": lambda: defaulted(float, 0),
    "a tuple for a list": lambda: defaulted(List[int], request.QueryParam(default=())),
    "an Enum": lambda: defaulted(Colour, Colour.RED),
    "out of bounds": lambda: defaulted(int, request.QueryParam(default=0, ge=1)),
    "empty": lambda: defaulted(str, ""),
}
RIGHT_ROUTES = {
    "a colon within": lambda: routed("page:cancel"),
    "brackets and a star within": lambda: routed("a[b]c*d$e"),
    "a template": lambda: routed("{number}"),
    "a template within": lambda: routed("a:{number}.b"),
    "slashes": lambda: routed("/page/"),
}
RIGHT_TEMPLATES = {
    "none or a template, annotated": lambda: returning(Annotated[Optional[Template], "a note"]),
    "an annotated template, or none": lambda: returning(Optional[Annotated[Template, "a note"]]),
    "strict": lambda: template(strict=True, __annotations__={"result": int}),
}


def route_words(template, mount):
    return [*ROUTES[template], "branch|LeafAPI" if mount else "culprit"]


# Of each kind what is declared, by a function that makes it, and the words that its error has to have; of words with
# `|` between them one is enough.
KINDS = {
    "mounts": {
        what: (make, ["CulpritAPI", "branch", *([] if "plain" in what else ["LeafAPI"])])
        for what, make in MOUNTS.items()
    },
    "names": {what: (make, ["CulpritAPI", name]) for what, (name, make) in NAMES.items()},
    "defaults": {what: (make, ["CulpritAPI", "number"]) for what, make in DEFAULTS.items()},
    "routes": {
        f"{template} of {'a mount' if mount else 'an endpoint'}": (
            functools.partial(mounted if mount else routed, template),
            route_words(template, mount),
        )
        for template in ROUTES
        for mount in (True, False)
    },
    "templates": {what: (make, ["Culprit", name]) for what, (name, make) in TEMPLATES.items()},
    "kept": {},
}
# Of each kind what is right.
RIGHT = {
    "mounts": RIGHT_MOUNTS,
    "names": RIGHT_NAMES,
    "defaults": RIGHT_DEFAULTS,
    "routes": RIGHT_ROUTES,
    "templates": RIGHT_TEMPLATES,
    "kept": KEPT,
}


def declared(kind):
    """The error of each declaration of that kind, and of those of it that are right."""
    _, target = way(culprit)
    wrong = {what: told(target, *each) for what, each in KINDS[kind].items()}
    return [wrong, {what: told(target, make, []) for what, make in RIGHT[kind].items()}]


def told(target, make, words):
    """The error of a declaration in a target of `__as__`, in a service where that is None, and the words it lacks."""
    try:
        (attach if target is not None else build)(target, make())
    except Exception as error:  # noqa: BLE001 - what it says is looked at
        said = str(error)
        lacks = [word for word in words if not any(one in said for one in word.split("|"))]
        return {"error": said, "lacks": lacks}
    return {"error": None, "lacks": words}
