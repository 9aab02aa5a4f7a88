"""Error handlers of a class and of the class that mounts it; they answer what they know of an error."""

from scenario import in_mode
from utilmeta.core import api
from utilmeta.core.response import Response
from utilmeta.utils.exceptions import NotFound


def said(handler, error):
    """What a handler knows of an error, and whether that is an Error."""
    told = [handler, error.type.__name__, error.status, isinstance(error.exception, error.type)]
    return [*told, str(getattr(error, "message", None)), isinstance(error, getattr(api, "Error", ()))]


class FailingAPI(api.API):
    """Mounted below `failures`: errors, and handlers of the inner class."""

    @api.get
    @in_mode
    def fail(self, kind: str, number: int = 0):
        kinds = {"key": KeyError, "index": IndexError, "value": ValueError, "missing": NotFound}
        systems = {"reset": ConnectionResetError, "pipe": BrokenPipeError, "refused": ConnectionRefusedError}
        raise {**kinds, **systems, "zero": ZeroDivisionError}[kind]("because")

    @api.get
    @in_mode
    def divided(self):
        raise ZeroDivisionError("because")

    @api.get
    @in_mode
    def plain(self, kind: str):
        raise {"value": ValueError, "type": TypeError}[kind]("because")

    @api.get
    @in_mode
    def guarded(self):
        return "never"

    @api.before(guarded)
    @in_mode
    def guard(self):
        raise IndexError("because")

    @api.handle(divided, ArithmeticError)
    @in_mode
    def division(self, error):
        return said("inner division", error)

    @api.handle("*", LookupError)
    @in_mode
    def lookups(self, error):
        return said("inner lookups", error)

    @api.handle("*", KeyError)
    @in_mode
    def keys(self, error, then: str = ""):
        if then == "leave":
            return None
        if then == "throw":
            error.throw()
        if then == "replace":
            raise ValueError("because")
        return said("inner keys", error)

    @api.handle("*", OSError, ConnectionResetError)
    @in_mode
    def general_first(self, error):
        return said("inner general first", error)

    @api.handle("*", ConnectionError)
    @in_mode
    def connections(self, error):
        return said("inner connections", error)

    @api.handle("*", BrokenPipeError, OSError)
    @in_mode
    def general_last(self, error):
        return said("inner general last", error)

    @api.handle("*", TypeError)
    @in_mode
    def types(self, error):
        return said("inner types", error)


class FailuresAPI(api.API):
    """Mounted as `failures`: handlers of the outer class."""

    inner: FailingAPI

    @api.handle("*", ValueError, NotFound)
    @in_mode
    def some(self, error):
        return Response(said("outer some", error), status=418)

    @api.handle(FailingAPI.plain)
    @in_mode
    def naming(self, error):
        return said("outer naming", error)

    @api.after("*")
    @in_mode
    def after_none(self, response: Response):
        response.headers["X-After"] = "1"
