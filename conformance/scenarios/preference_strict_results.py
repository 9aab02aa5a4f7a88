"""Endpoints with annotated results: they return `number` where the annotation asks for it, or a text that does not fit.

SCENARIO_STRICT is the preference for checking them; without it no preference is used. No path tells the name of its
endpoint.
"""

import dataclasses
from typing import Dict, List, Optional, TypedDict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, flag, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.conf import Preference
from utilmeta.core import api
from utilmeta.core.response import Response


@dataclasses.dataclass
class Place:
    longitude: int


@dataclasses.dataclass
class Computed:
    longitude: int
    seed: dataclasses.InitVar[int] = 0
    latitude: int = dataclasses.field(init=False, default=0)


class Entry(TypedDict):
    latitude: int


def value(number, fits):
    return number if fits else str(number)


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self) -> str:
        return NONCE

    @api.get("a/{number}")
    @in_mode
    def whole(self, number: int, fits: bool) -> int:
        return value(number, fits)

    @api.get("b/{number}")
    @in_mode
    def perhaps(self, number: int, fits: bool) -> Optional[int]:
        return value(number, fits)

    @api.get("c/{number}")
    @in_mode
    def several(self, number: int, fits: bool) -> List[int]:
        return [0, value(number, fits)]

    @api.get("d/{number}")
    @in_mode
    def grouped(self, number: int, fits: bool) -> Dict[str, List[int]]:
        return {"altitude": [value(number, fits)]}

    @api.get("e/{number}")
    @in_mode
    def located(self, number: int, fits: bool) -> Place:
        return Place(value(number, fits))

    @api.get("f/{number}")
    @in_mode
    def visited(self, number: int, fits: bool) -> List[Place]:
        return [Place(0), Place(value(number, fits))]

    @api.get("g/{number}")
    @in_mode
    def computed(self, number: int, fits: bool) -> Computed:
        return Computed(value(number, fits), seed=1)

    @api.get("h/{number}")
    @in_mode
    def entered(self, number: int, fits: bool) -> Entry:
        return {"latitude": value(number, fits)}

    @api.get("i/{number}")
    @in_mode
    def surplus(self, number: int, fits: bool) -> Entry:
        return {"latitude": number} if fits else {"latitude": number, "longitude": number}

    @api.get("j/{number}")
    @in_mode
    def headed(self, number: int, fits: bool) -> Dict[str, int]:
        return Response({"altitude": value(number, fits)}, headers={"X-Number": "1"})

    @api.get("k/{number}")
    @in_mode
    def whatever(self, number: int, fits: bool) -> Response:
        return Response({"number": number}) if fits else {"number": number}

    @api.get("l/{number}")
    @in_mode
    def silent(self, number: int, fits: bool) -> None:
        return None if fits else str(number)

    @api.get("m/{number}")
    @in_mode
    def free(self, number: int, fits: bool):
        return {"number": value(number, fits)}

    @api.get("n/{number}")
    @in_mode
    def failing(self, number: int, fits: bool) -> int:
        return Response({"number": str(number)}, status=409)


service = with_a_key(
    UtilMeta(
        __name__,
        name="preference_strict_results",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)
preference = given(strict=flag)
if preference:
    service.use(Preference(api_default_strict_response=preference["strict"]))

app = service.application()
