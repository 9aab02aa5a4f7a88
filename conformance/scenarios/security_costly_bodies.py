"""Endpoints for bodies that are costly by their size, by the number of their values, or by the hashes of these.

SCENARIO_MAX_BODY_SIZE, SCENARIO_MAX_JSON_SIZE and SCENARIO_MAX_JSON_VALUES are keywords of the service.
"""

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Set
from uuid import UUID

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


@dataclass(frozen=True)
class Point:
    number: int


@dataclass
class Inner:
    points: Set[Point] = field(default_factory=set)


class HashedAPI(api.API):
    """Each answers how many values there are."""

    @api.post
    @in_mode
    def integers(self, data: Set[int] = request.Body):
        return {"count": len(data)}

    @api.post
    @in_mode
    def identifiers(self, data: Set[Optional[UUID]] = request.BodyParam()):
        return {"count": len(data)}

    @api.post
    @in_mode
    def keys(self, data: Dict[int, int] = request.Body):
        return {"count": len(data)}

    @api.post
    @in_mode
    def points(self, data: Inner = request.BodyParam()):
        return {"count": len(data.points)}


class RootAPI(api.API):
    hashed: HashedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.post
    @in_mode
    def whole(self, data: Any = request.Json):
        return {"length": len(data)}

    @api.post
    @in_mode
    def field(self, data: List[str] = request.BodyParam()):
        return {"length": len(data)}

    @api.post
    @in_mode
    def text(self, data: str = request.Body(content_type="text/plain")):
        return {"length": len(data)}

    @api.post
    @in_mode
    def undeclared(self):
        return {"length": len(self.request.data)}


service = UtilMeta(
    __name__,
    name="security_costly_bodies",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(max_body_size=int, max_json_size=int, max_json_values=int),
)
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
