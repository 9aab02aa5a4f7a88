"""Models of pydantic, msgspec and utype, each as query, cookies and JSON body at `/api/<library>`.

SCENARIO_LIBRARIES names the libraries, separated by commas; those that are not installed are left out.
"""

import os
from typing import Annotated, Dict, List, Optional, Set, Tuple
from uuid import UUID

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


def pydantic_model():
    import pydantic

    class PydanticModel(pydantic.BaseModel):
        word: str = pydantic.Field(alias="@word")
        number: int = pydantic.Field(1, alias="page[number]", ge=1)
        tag: List[int] = []

    return PydanticModel


def msgspec_model():
    import msgspec

    class MsgspecStruct(msgspec.Struct):
        word: str = msgspec.field(name="@word")
        number: int = msgspec.field(name="page[number]", default=1)
        tag: List[int] = []

    return MsgspecStruct


def utype_model():
    import utype

    class UtypeSchema(utype.Schema):
        word: str = utype.Field(alias="@word")
        number: int = utype.Field(alias="page[number]", default=1, ge=1)
        tag: List[int] = utype.Field(default_factory=list)

    return UtypeSchema


def msgspec_patterns():
    import msgspec

    class MsgspecPatterns(msgspec.Struct):
        code: Annotated[str, msgspec.Meta(pattern="^[a-z]*[0-9]$")]
        long: Annotated[str, msgspec.Meta(pattern="^[a-z]*[0-9]$", max_length=300)] = "0"

    return MsgspecPatterns


def utype_patterns():
    import utype

    class UtypePatterns(utype.Schema):
        code: str = utype.Field(regex="[a-z]*[0-9]")
        long: str = utype.Field(regex="[a-z]*[0-9]", max_length=300, default="0")

    return UtypePatterns


def msgspec_places():
    import msgspec

    Code = Annotated[str, msgspec.Meta(pattern="^[a-z]*[0-9]$")]

    class MsgspecInner(msgspec.Struct):
        code: Code

    class MsgspecPlaces(msgspec.Struct):
        by_key: Dict[Code, int] = {}
        by_name: Dict[str, Code] = {}
        listed: List[Code] = []
        perhaps: Optional[Code] = None
        pair: Optional[Tuple[Code, int]] = None
        many: Set[Code] = set()
        inner: Optional[MsgspecInner] = None
        inners: List[MsgspecInner] = []
        deep: Dict[str, List[Dict[Code, int]]] = {}

    return MsgspecPlaces


def utype_places():
    import utype

    class Code(str, utype.Rule):
        regex = "[a-z]*[0-9]"

    class UtypeInner(utype.Schema):
        code: Code

    class UtypePlaces(utype.Schema):
        by_key: Dict[Code, int] = utype.Field(default_factory=dict)
        by_name: Dict[str, Code] = utype.Field(default_factory=dict)
        listed: List[Code] = utype.Field(default_factory=list)
        perhaps: Optional[Code] = utype.Field(default=None)
        pair: Optional[Tuple[Code, int]] = utype.Field(default=None)
        many: Set[Code] = utype.Field(default_factory=set)
        inner: Optional[UtypeInner] = utype.Field(default=None)
        inners: List[UtypeInner] = utype.Field(default_factory=list)
        deep: Dict[str, List[Dict[Code, int]]] = utype.Field(default_factory=dict)

    return UtypePlaces


def msgspec_hashed():
    import msgspec

    class MsgspecHashed(msgspec.Struct):
        by_identifier: Dict[UUID, int] = {}

    return MsgspecHashed


def utype_hashed():
    import utype

    class UtypeHashed(utype.Schema):
        by_identifier: Dict[UUID, int] = utype.Field(default_factory=dict)

    return UtypeHashed


MODELS = {}
for library in os.environ["SCENARIO_LIBRARIES"].split(","):
    try:
        MODELS[library] = {"pydantic": pydantic_model, "msgspec": msgspec_model, "utype": utype_model}[library]()
    except ImportError:
        continue
PATTERNS = {"msgspec": msgspec_patterns, "utype": utype_patterns}
PLACES = {"msgspec": msgspec_places, "utype": utype_places}
HASHED = {"msgspec": msgspec_hashed, "utype": utype_hashed}
if "utype" in MODELS:
    import utype


def shown(model):
    """The name of its class, and what it holds."""
    return {"class": type(model).__name__, "values": [model.word, model.number, model.tag]}


def api_of(library, model):
    """An API class whose endpoints take `model`."""

    class ModelAPI(api.API):
        @api.get
        @in_mode
        def query(self, query: model = request.Query, other: int = 0):
            return shown(query)

        @api.get
        @in_mode
        def cookies(self, cookies: model = request.Cookies):
            return shown(cookies)

        @api.post
        @in_mode
        def body(self, body: model = request.Body):
            return shown(body)

    return type(f"{library.title()}API", (ModelAPI,), {"__module__": __name__})


def patterned(model):
    """An endpoint that takes `model`, whose texts have patterns."""

    def patterns(self, body: model = request.Body):
        return {"codes": [body.code, body.long]}

    return api.post(in_mode(patterns))


def taken(model):
    """An endpoint that takes `model`, and answers that it did."""

    def take(self, body: model = request.Body):
        return {"class": type(body).__name__}

    return api.post(in_mode(take))


class RootAPI(api.API):
    __annotations__ = {library: api_of(library, model) for library, model in MODELS.items()}

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def libraries(self):
        return {"installed": sorted(MODELS)}

    for library in PATTERNS.keys() & MODELS.keys():
        locals()[f"{library}_patterns"] = patterned(PATTERNS[library]())
        locals()[f"{library}_places"] = taken(PLACES[library]())
        locals()[f"{library}_hashed"] = taken(HASHED[library]())

    if "utype" in MODELS:

        @api.get
        @in_mode
        def made(self, number: int, tag: List[int] = utype.Field(default_factory=list)):
            tag.append(number)
            return {"values": tag}


service = UtilMeta(
    __name__,
    name="request_library_models",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()
