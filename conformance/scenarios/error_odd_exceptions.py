"""APIs that raise exceptions of odd classes, whose text, cause or status fails, and groups of exceptions."""

import asyncio
import builtins
import sys

from error_raised_places import Wrapped, in_mode
from scenario import ASYNCHRONOUS, queried
from utilmeta.core import api
from utilmeta.core.api import Error
from utilmeta.utils import exceptions


class Textless(Exception):
    def __str__(self):
        raise ValueError("no text")

    __repr__ = __str__


class TextExits(Exception):
    def __str__(self):
        sys.exit("no text")

    __repr__ = __str__


class TextIsNone(Exception):
    def __str__(self):
        return None


class Closed(Exception):
    def __getattribute__(self, name):
        raise LookupError(name)


class Opaque(Exception):
    def __getattr__(self, name):
        raise LookupError(name)


class CauseFails(Exception):
    @property
    def __cause__(self):
        raise LookupError("cause")


class CauseExits(Exception):
    @property
    def __cause__(self):
        sys.exit("cause")


class CauseEndless(Exception):
    @property
    def __cause__(self):
        return CauseEndless()


class StatusFails(exceptions.HTTPError):
    @property
    def status(self):
        raise LookupError("status")


class StatusIsNone(exceptions.HTTPError):
    status = None


class StatusIsHuge(exceptions.HTTPError):
    status = 99999


class DetailFails(exceptions.NotFound):
    detail = property(lambda self: 1 / 0, lambda self, value: None)


class DetailExits(exceptions.NotFound):
    detail = property(lambda self: sys.exit("detail"), lambda self, value: None)


class DetailIsAnObject(exceptions.NotFound):
    detail = property(lambda self: object(), lambda self, value: None)


class HeadersFail(exceptions.NotFound):
    headers = property(lambda self: 1 / 0, lambda self, value: None)


class HeadersAreTexts(exceptions.NotFound):
    headers = property(lambda self: ["a", "b"], lambda self, value: None)


class HeadersBreakOut(exceptions.NotFound):
    headers = property(lambda self: {"X-A": "a\r\nb"}, lambda self, value: None)


class ErrorsAreObjects(exceptions.BadRequest):
    errors = property(lambda self: [object()], lambda self, value: None)


def its_own_cause(word):
    error = RuntimeError(word)
    error.__cause__ = error.__context__ = error
    return error


def long_line(word):
    error = first = RuntimeError(word)
    for _ in range(300):
        error.__cause__ = error = RuntimeError(word)
    return first


ODD = {
    kind.__name__: kind
    for kind in (
        Textless,
        TextExits,
        TextIsNone,
        Closed,
        Opaque,
        CauseFails,
        CauseExits,
        CauseEndless,
        StatusFails,
        StatusIsNone,
        StatusIsHuge,
        DetailFails,
        DetailExits,
        DetailIsAnObject,
        HeadersFail,
        HeadersAreTexts,
        HeadersBreakOut,
        ErrorsAreObjects,
        its_own_cause,
        long_line,
    )
}


class OddAPI(api.API):
    """Mounted as `odd`."""

    @api.get
    @in_mode
    def awaited(self):
        raise ODD[queried(self.request, "what")](queried(self.request, "word"))

    @api.get
    def plain(self):
        raise ODD[queried(self.request, "what")](queried(self.request, "word"))


class OddlyTemplatedAPI(OddAPI):
    """Mounted as `oddly_templated`."""

    class response(Wrapped):
        pass


Group = getattr(builtins, "ExceptionGroup", None)  # until Python 3.11 there is none


def grouped(name):
    """What a text stands for: `NotFound.word`, or a group `[Gone.word,[NotFound.word,ValueError.word]]`."""
    if not name.startswith("["):
        kind, _, word = name.partition(".")
        return getattr(exceptions, kind, ValueError)(word)
    depth, parts = 0, [""]
    for letter in name[1:-1]:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return Group("group", [grouped(part) for part in parts])


class GroupAPI(api.API):
    """Mounted as `groups`."""

    @api.get
    @in_mode
    def known(self):
        return {"known": Group is not None}

    @api.get
    @in_mode
    def raised(self, members: str):
        raise grouped(members)

    @api.get
    @in_mode
    def handled(self, members: str):
        raise grouped(members)

    @api.handle(handled, exceptions.Conflict)
    @in_mode
    def conflicts(self, error: Error):
        return {"type": error.type.__name__, "status": error.status, "message": error.message}

    if ASYNCHRONOUS and sys.version_info >= (3, 11):

        @api.get
        async def tasks(self, word: str):
            async def missing():
                raise exceptions.NotFound(word)

            async with asyncio.TaskGroup() as group:
                group.create_task(missing())
                await asyncio.sleep(10)
