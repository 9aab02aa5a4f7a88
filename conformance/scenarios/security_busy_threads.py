"""Plain functions that keep all threads busy, and others that wait for a thread.

A request that waits does so until there is a file of the name that it gives beside SCENARIO_EVENTS; a file `begun`
there has a line for each function that has begun. SCENARIO_MAX_WAITING is the service's `max_waiting`.
"""

import os
import time

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

FOLDER = os.path.dirname(os.environ["SCENARIO_EVENTS"])
LONGEST_SECONDS = 20
TIMEOUT_SECONDS = 0.2
LONG_SECONDS, LONG_TIMEOUT_SECONDS = 0.7, 0.8  # of an endpoint that is in time if it waits for next to nothing


def begin(mark):
    file = os.open(os.path.join(FOLDER, "begun"), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, mark.encode() + b"\n")
    os.close(file)


def wait(gate):
    since = time.monotonic()
    while not os.path.exists(os.path.join(FOLDER, gate)) and time.monotonic() < since + LONGEST_SECONDS:
        time.sleep(0.05)


class PlainAPI(api.API):
    @api.get
    def wait(self, gate: str, mark: str):
        begin(mark)
        wait(gate)
        return mark

    @api.get
    def at_once(self, mark: str):
        begin(mark)
        return mark

    @api.get(timeout=TIMEOUT_SECONDS)
    def timed(self, mark: str):
        begin(mark)
        return mark

    @api.get(timeout=LONG_TIMEOUT_SECONDS)
    def long(self, mark: str):
        begin(mark)
        time.sleep(LONG_SECONDS)
        return mark


class HookedAPI(api.API):
    """`async def` endpoints behind a plain hook; on an asynchronous variant alone."""

    @api.before("*")
    def before(self, mark: str, gate: str = ""):
        begin(mark)
        if gate:
            wait(gate)

    @api.get
    async def wait(self, mark: str):
        return mark

    @api.get(timeout=TIMEOUT_SECONDS)
    async def timed(self, mark: str):
        return mark


class Waiting(api.API):
    """What keeps a thread busy by a plain hook."""

    @api.get
    async def wait(self, mark: str):
        return mark

    @api.before(wait)
    def before(self, mark: str, gate: str):
        begin(mark)
        wait(gate)


class AfterAPI(Waiting):
    """A plain hook after an `async def` endpoint."""

    @api.get(timeout=TIMEOUT_SECONDS)
    async def timed(self, mark: str):
        return mark

    @api.after(timed)
    def after(self, response, mark: str):
        begin(mark)


class FailedAPI(Waiting):
    """A plain hook for what an `async def` endpoint raises."""

    @api.get(timeout=TIMEOUT_SECONDS)
    async def timed(self, mark: str):
        raise KeyError(mark)

    @api.handle(timed, KeyError)
    def handle(self, error, mark: str):
        begin(mark)
        return mark


class RootAPI(api.API):
    plain: PlainAPI
    if ASYNCHRONOUS:
        hooked: HookedAPI
        after: AfterAPI
        failed: FailedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="security_busy_threads",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(max_waiting=int),
)

app = service.application()

if __name__ == "__main__":
    service.run()
