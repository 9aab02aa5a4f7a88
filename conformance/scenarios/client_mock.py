"""A client whose answers are made up: values with constraints, templates with keys, headers and a status."""

import enum
from datetime import datetime
from typing import Dict, List, Literal, Optional, Union

from client_calls import calling, settings
from pydantic import BaseModel, Field
from utilmeta.core import api
from utilmeta.core.cli import Client
from utilmeta.core.response import Response


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Owner(BaseModel):
    name: str = Field(min_length=3, max_length=5)


class Pet(BaseModel):
    number: int = Field(ge=40, le=50, multiple_of=7)
    code: str = Field(pattern="^[A-Z]{2}-[0-9]{3}$")
    colour: Colour
    kind: Literal["cat", "dog"]
    born: datetime
    owner: Owner
    others: List[Owner] = Field(min_length=2)
    by_name: Dict[str, Owner]
    note: Optional[str] = None


class Counted(BaseModel):
    count: int = Field(alias="X-Count", ge=3)


def pets():
    settings["headers"] = ["count"]

    class Listed(Response):
        status = 201
        result: List[Pet]
        result_key = "data"
        headers: Counted

    class Missing(Response):
        status = 404

    class Pets(Client):
        @api.get("pet/{id}")
        def pet(self, id: int) -> Response[Pet]:
            pass

        @api.post
        def listed(self) -> Union[Listed, Missing]:
            pass

        @api.get
        def missing(self) -> Union[Missing, Listed]:
            pass

        @api.get
        def plain(self) -> Response:
            pass

    return Pets


called = calling(pets)
