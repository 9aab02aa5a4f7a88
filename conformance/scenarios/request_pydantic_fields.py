"""Parameters that are declared with fields of pydantic (REQUEST-17)."""

from typing import Annotated, Dict, List, Literal, Union
from uuid import UUID

import pydantic
from scenario import in_mode
from utilmeta.core import api, request


class Tagged(pydantic.BaseModel):
    pay: Annotated[
        Union[
            Annotated[int, pydantic.AfterValidator(abs)],
            Annotated[UUID, pydantic.AfterValidator(lambda value: value)],
        ],
        pydantic.AfterValidator(lambda value: value),
    ] = pydantic.Field(alias="function-after[x]")
    number: Union[int, UUID] = pydantic.Field(0, alias="int")


class Cat(pydantic.BaseModel):
    kind: Literal["cat"]
    lives: int


class Dog(pydantic.BaseModel):
    kind: Literal["dog"]
    bones: int


MARKER = request.HeaderParam()


class FieldAPI(api.API):
    shared: int = pydantic.Field(default=5, alias="sh-are", ge=1)

    @api.get
    @in_mode
    def fields(
        self,
        bounded: int = pydantic.Field(default=5, ge=1, le=9),
        named: Annotated[str, pydantic.Field(alias="as-sent", max_length=20)] = "none",
        made: List[str] = pydantic.Field(default_factory=list),
        marked: Annotated[int, request.HeaderParam, pydantic.Field(validation_alias="X-Marked", gt=0)] = 1,
    ):
        made.append("made")
        return {"found": [self.shared, bounded, named, made, marked]}

    @api.get
    @in_mode
    def required(self, number: int = pydantic.Field(alias="num", multiple_of=2)):
        return {"number": number}

    @api.post
    @in_mode
    def marked(self, x_given: Annotated[int, MARKER, pydantic.Field(alias="X-Sent")]):
        return {"given": x_given}

    @api.put("marked")
    @in_mode
    def marked_alone(self, x_given: Annotated[int, MARKER]):
        return {"given": x_given}

    @api.post
    @in_mode
    def keyed(self, counts: Dict[Annotated[str, pydantic.Field(max_length=4)], int] = request.Json):
        return counts

    @api.post
    @in_mode
    def tagged(self, tagged: Tagged = request.Body):
        return {"pay": str(tagged.pay)}

    @api.post
    @in_mode
    def pet(self, pet: Annotated[Union[Cat, Dog], pydantic.Field(discriminator="kind")] = request.BodyParam()):
        return {"kind": pet.kind}
