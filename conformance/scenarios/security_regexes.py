"""Routes and regexes that a client could keep matching for long; `cpu` tells the CPU time of the process so far."""

import datetime
import enum
import sys
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


class RestAPI(api.API):
    @api.get("{path}")
    @in_mode
    def rest(self, path: str = request.FilePathParam):
        return {"rest": path}


FORKS = 8


def forks(number):
    """An API class in which, at each of so many levels, a name and a template without a text may fit a segment."""
    if not number:
        return RestAPI
    below = forks(number - 1)
    mounts = {"named": api.route("fork"), "any": api.route(f"{{fork{number}}}")}
    members = {"__module__": __name__, "__annotations__": dict.fromkeys(mounts, below), **mounts}
    return type(f"Fork{number}API", (api.API,), members)


# By what an engine that takes a time in proportion to the text may lack; each takes letters and then a digit.
LACKED = {
    "look_ahead": "(?=[a-z]*[0-9])[a-z]*[a-z]*[0-9]",
    "negative_look_ahead": "(?!0)[a-z]*[a-z]*[0-9]",
    "look_behind": "[a-z]*[a-z]*[0-9](?<=[0-9])",
    "boundary": r"\b[a-z]*[a-z]*[0-9]\b",
    "no_boundary": r"[a-z]*[a-z]*\B[0-9]",
    "reference": r"(0?)[a-z]*[a-z]*[0-9]\1",
    "condition": "(0)?[a-z]*[a-z]*[0-9](?(1)0)",
    "ignored_case": "(?i)[A-Z]*[A-Z]*[0-9]",
    "ascii": r"(?a)[a-z]*[a-z]*\d",
    "lines": "(?m)^[a-z]*[a-z]*[0-9]$",
    "size": r"[a-z]*[a-z]*[0-9]\w{0,3000}",
}
if sys.version_info >= (3, 11):
    LACKED |= {"possessive": "[a-z]*[a-z]*[0-9]++", "atomic": "[a-z]*[a-z]*(?>[0-9])"}


def judged(regex):
    """An endpoint that takes a text of that regex."""

    def taken(self, text: str = request.BodyParam(regex=regex)):
        return {"taken": text}

    return api.post(in_mode(taken))


class LackedAPI(api.API):
    @api.get
    @in_mode
    def names(self):
        return {"names": list(LACKED)}

    for name, regex in LACKED.items():
        locals()[name] = judged(regex)
    del name, regex


class TextsAPI(api.API):
    """Parameters that may be left out, of letters; `any` and `tag` have a regex that takes an empty text too."""

    @api.get
    @in_mode
    def query(
        self,
        word: str = request.QueryParam(default="unsaid", regex="[a-z]+"),
        any: str = request.QueryParam(default="unsaid", regex="[a-z]*"),
        each: List[str] = request.QueryParam(default=["unsaid"], regex="[a-z]+"),
        tag: List[str] = request.QueryParam(default=["unsaid"], regex="[a-z]*"),
    ):
        return {"taken": [word, any, each, tag]}

    @api.get
    @in_mode
    def header(
        self,
        word: str = request.HeaderParam("X-Word", default="unsaid", regex="[a-z]+"),
        any: str = request.HeaderParam("X-Any", default="unsaid", regex="[a-z]*"),
    ):
        return {"taken": [word, any]}

    @api.get
    @in_mode
    def cookie(
        self,
        word: str = request.CookieParam(default="unsaid", regex="[a-z]+"),
        any: str = request.CookieParam(default="unsaid", regex="[a-z]*"),
    ):
        return {"taken": [word, any]}


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
    forked: forks(FORKS)
    lacked: LackedAPI
    texts: TextsAPI

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
    name="security_regexes",
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
