"""Routes and regexes that a client could have matched for long; `cpu` tells what the process has used so far."""

import datetime
import enum
import time
from typing import List, Optional

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request

LEVELS = 5
AHEAD = "(?=.*[0-9])[a-z0-9]*[a-z0-9]*!"
# A text that takes long to be found missing among others like it, so that it is seen how often it is looked for.
RARE = "z" * 40 + "q" + "z" * 40


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class LeafAPI(api.API):
    @api.get("{a}" + RARE + "{b}")
    @in_mode
    def leaf(self, a: str, b: str):
        return {"leaf": [a, b]}


def levels(number):
    """An API class in which, at each of so many levels, three templates may fit a segment."""
    if not number:
        return LeafAPI
    below = levels(number - 1)
    mounts = {f"by_{letter}": api.route(f"{{l{number}{letter}}}{letter}{{r{number}{letter}}}") for letter in "abc"}
    members = {"__module__": __name__, "__annotations__": dict.fromkeys(mounts, below), **mounts}
    return type(f"Level{number}API", (api.API,), members)


class RegexAPI(api.API):
    @api.get
    @in_mode
    def query(self, year: int = request.QueryParam(regex="[0-9]{4}")):
        return {"taken": year}

    @api.get
    @in_mode
    def header(self, day: datetime.date = request.HeaderParam("X-Day", regex="[0-9]{4}-[0-9]{2}-[0-9]{2}")):
        return {"taken": day.isoformat()}

    @api.get
    @in_mode
    def cookie(self, colour: Colour = request.CookieParam(regex="r.*")):
        return {"taken": colour.value}

    @api.get
    @in_mode
    def several(self, number: List[int] = request.QueryParam(regex="[0-9]{3}")):
        return {"taken": number}

    @api.get("path/{number}")
    @in_mode
    def path(self, number: int = request.PathParam("[0-9]{4}")):
        return {"taken": number}

    @api.post
    @in_mode
    def body(self, day: datetime.date = request.BodyParam(regex="[0-9]{4}-[0-9]{2}-[0-9]{2}")):
        return {"taken": day.isoformat()}

    @api.post
    @in_mode
    def perhaps(self, day: Optional[datetime.date] = request.BodyParam(regex="[0-9]{4}-[0-9]{2}-[0-9]{2}")):
        return {"taken": day and day.isoformat()}

    @api.post
    @in_mode
    def slow(self, text: str = request.BodyParam(regex="[a-z]*[a-z]*[0-9]")):
        return {"taken": text}

    @api.post
    @in_mode
    def ahead(self, text: str = request.BodyParam(regex=AHEAD)):
        return {"taken": text}

    @api.get
    @in_mode
    def outside(
        self,
        query: str = request.QueryParam(default="", regex=AHEAD),
        header: str = request.HeaderParam("X-Text", default="", regex=AHEAD),
        cookie: str = request.CookieParam(default="", regex=AHEAD),
    ):
        return {"taken": query + header + cookie}


class RootAPI(api.API):
    regex: RegexAPI
    deep: levels(LEVELS)

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def cpu(self):
        return {"seconds": time.process_time()}

    @api.get("date/{year}-{month}-{day}.html")
    @in_mode
    def date(self, year: str, month: str, day: str):
        return {"date": [year, month, day]}

    @api.get("pair/{a}{b}")
    @in_mode
    def pair(self, a: str, b: str):
        return {"pair": [a, b]}

    @api.get("code/{code}")
    @in_mode
    def code(self, code: str = request.PathParam("[a-z0-9\u00e9]+")):
        return {"code": code}

    @api.get("part/{word}-{number}")
    @in_mode
    def part(self, word: str, number: int = request.PathParam("[0-9]+")):
        return {"part": [word, number]}

    @api.get("file/{path}")
    @in_mode
    def file(self, path: str = request.FilePathParam):
        return {"segments": path.count("/") + 1, "last": path.rpartition("/")[2]}


service = UtilMeta(
    __name__,
    name="security_routes",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()

if __name__ == "__main__":
    service.run()
