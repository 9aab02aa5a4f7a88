"""Models of libraries, each as a query, as cookies and as the JSON body, at `/api/<library>`.

SCENARIO_LIBRARIES names the libraries, separated by commas; those that are not installed are left out.
"""

import os
from typing import List

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


MODELS = {}
for library in os.environ["SCENARIO_LIBRARIES"].split(","):
    try:
        MODELS[library] = {"pydantic": pydantic_model, "msgspec": msgspec_model, "utype": utype_model}[library]()
    except ImportError:
        continue
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

    if "utype" in MODELS:

        @api.get("field/{word}")
        @in_mode
        def field(
            self,
            word: str = utype.Field(max_length=9),
            number: int = utype.Field(alias="page[number]", ge=1, lt=10),
            letters: str = utype.Param("abc", regex="[a-c]+", length=3),
            tag: List[int] = utype.Field(default_factory=list),
        ):
            tag.append(number)
            return {"values": [word, number, letters, tag]}


service = UtilMeta(
    __name__,
    name="modelled",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()
