"""A service that calls itself inside its process; client_inside.py serves it, client_in_tests.py has probes of it."""

import time
from contextvars import ContextVar

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.response import Response

SLOW = 0.6  # seconds that an endpoint sleeps
PATIENCE = 5  # seconds for a call that would never end

passed = ContextVar("passed", default="nothing")
journal = []
"""What hooks and test clients do, and the sockets that are bound and connected, in their order."""
fails = []
"""What a startup hook raises, where it does."""
made = {}
"""The service of the process, by the name `service`."""


class RootAPI(api.API):
    @api.get
    def nonce(self):
        return NONCE

    @api.get("item/{id}")
    @in_mode
    def item(self, id: int, name: str = "", seen: str = request.CookieParam(default="")):
        told = {"id": id, "name": name, "seen": seen}
        return Response(told, headers={"X-Item": str(id)}, cookies={"seen": {"value": str(id), "path": "/"}})

    @api.post
    @in_mode
    def add(self, data: dict = request.Body):
        return {"size": len(data["text"]), "end": data["text"][-8:]}

    @api.get
    @in_mode
    def failing(self):
        raise ValueError("it fails")

    @api.get
    def slow(self):
        time.sleep(SLOW)
        return "late"

    @api.get("found/{word}")
    @in_mode
    def found(self, word: str):
        before = passed.get()
        passed.set(word)
        return {"found": before, "url": str(self.request.url)}

    @api.get("plainly/{word}")
    @in_mode
    def plainly(self, word: str):
        try:
            return {"found": made["service"].get_client(default_timeout=PATIENCE).get(f"found/{word}").data}
        except Exception as error:  # noqa: BLE001 - it may be refused
            return {"refused": str(error)}

    if ASYNCHRONOUS:

        @api.post
        async def through(self, data: dict = request.Body):
            return told(await made["service"].get_client(live=False).async_request(**data))

        @api.get("nested/{outer}/{inner}")
        async def nested(self, outer: str, inner: str):
            passed.set(outer)
            answer = await made["service"].get_client(live=False).async_get(f"found/{inner}")
            return {"inner": answer.data, "passed": passed.get(), "url": str(self.request.url)}

    else:

        @api.post
        def through(self, data: dict = request.Body):
            return told(made["service"].get_client(live=False).request(**data))

        @api.get("nested/{outer}/{inner}")
        def nested(self, outer: str, inner: str):
            passed.set(outer)
            answer = made["service"].get_client(live=False).get(f"found/{inner}")
            return {"inner": answer.data, "passed": passed.get(), "url": str(self.request.url)}


def told(answer):
    """A Response as JSON."""
    headers = [[name.lower(), value] for name, value in answer.headers.items()]
    return {"status": answer.status, "headers": headers, "data": answer.data, "error": repr(answer.error)}


def make(**options):
    """The service of the process, with its hooks."""
    service = made["service"] = UtilMeta(
        __name__,
        name="inside",
        backend=BACKEND,
        production=PRODUCTION,
        asynchronous=ASYNCHRONOUS,
        api=RootAPI,
        route="/api",
        **options,
    )

    @service.on_startup
    def first():
        journal.append("startup")
        if fails:
            raise ValueError(fails[0])

    @service.on_shutdown
    def last():
        journal.append("shutdown")

    return with_a_key(service)
