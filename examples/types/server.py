"""Types of parameters and results, each of the guide once, on any of the six backends.

TYPES_BACKEND=fastapi python server.py
curl 'http://127.0.0.1:8000/api/simple?number=7&truth=true&day=2026-01-01T00:00:00Z'
"""

import os
from datetime import datetime
from typing import Any, Literal, Optional

import utype
from utilmeta import UtilMeta
from utilmeta.core import api, request


class Box(utype.Schema):
    """Its properties are members of what is sent."""

    width: int = utype.Field(gt=0, le=100, multiple_of=5)
    height: float = utype.Field(ge=0, round=2)
    label: str = utype.Field(min_length=1, max_length=8, regex="[a-z]+", default="box")
    colour: str = utype.Field(enum=["red", "green"], default="red")

    @property
    def area(self) -> float:
        return self.width * self.height


class RootAPI(api.API):
    @api.get
    def simple(
        self,
        number: int,
        share: float = 0.5,
        word: str = "",
        truth: bool = False,
        kind: Literal["a", "b"] = "a",
        size: Optional[int] = None,
        day: Optional[datetime] = None,
    ) -> dict[str, Any]:
        return {"number": number, "share": share, "word": word, "truth": truth, "kind": kind, "size": size, "day": day}

    @api.get
    def ruled(
        self,
        code: str = utype.Param(length=3),
        even: int = utype.Param(2, multiple_of=2),
        part: float = utype.Param(0.0, ge=0, lt=1, round=2),
    ) -> dict[str, Any]:
        return {"code": code, "even": even, "part": part}

    @api.post
    def box(self, box: Box = request.Body) -> Box:
        return box


service = UtilMeta(
    __name__,
    name="types",
    backend=os.environ.get("TYPES_BACKEND", "starlette"),
    port=int(os.environ["TYPES_PORT"]) if "TYPES_PORT" in os.environ else None,
    api=RootAPI,
    route="/api",
)
app = service.application()

if __name__ == "__main__":
    service.run()
