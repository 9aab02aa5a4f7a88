"""A service that keeps a diary: each hook and each request writes a JSON line to the file SCENARIO_EVENTS.

It is what the checks of hooks, addresses and processes run as a script. SCENARIO_HOLD makes the first startup hook
wait until there is a file `release` beside the diary; SCENARIO_FAILS, `startup` or `shutdown`, makes a hook in the
middle raise.
"""

import asyncio
import functools
import json
import os
import time

import native
from scenario import ASYNCHRONOUS, BACKEND, NONCE, flag, given, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

DIARY = os.environ["SCENARIO_EVENTS"]
RELEASE = os.path.join(os.path.dirname(DIARY), "release")
FAILS = os.environ.get("SCENARIO_FAILS")
HOLD_SECONDS = 15

loops = []  # every event loop seen in this process, kept so that none is taken for another


def note(event):
    """One line, whole even when several processes write."""
    line = json.dumps({"event": event, "pid": os.getpid(), "loop": loop_number()}) + "\n"
    descriptor = os.open(DIARY, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.write(descriptor, line.encode())
    os.close(descriptor)


def loop_number():
    """Which of this process's event loops is running here: 0 for the first one seen; None without one."""
    try:
        running = asyncio.get_running_loop()
    except RuntimeError:
        return None
    for number, loop in enumerate(loops):
        if loop is running:
            return number
    loops.append(running)
    return len(loops) - 1


def held(since):
    return "SCENARIO_HOLD" in os.environ and not os.path.exists(RELEASE) and time.monotonic() < since + HOLD_SECONDS


def hook(function):
    """On an asynchronous variant an `async def` that lets other tasks run before it does its work."""
    if not ASYNCHRONOUS:
        return function

    @functools.wraps(function)
    async def awaited():
        await asyncio.sleep(0.001)
        function()

    return awaited


def entry(function):
    """An endpoint whose every request stands in the diary."""

    @functools.wraps(function)
    def written(self):
        note("request")
        return function(self)

    return in_mode(written)


class RootAPI(api.API):
    @api.get
    @entry
    def nonce(self):
        return NONCE

    @api.get
    @entry
    def pid(self):
        return os.getpid()

    @api.get
    @entry
    def debug(self):
        return native.debug_flag(BACKEND, app)

    @api.get
    @entry
    def reloads(self):
        return native.reloads(BACKEND, app)

    @api.get
    @entry
    def crash(self):
        raise RuntimeError(f"crashed {NONCE}")


service = UtilMeta(
    __name__,
    name="diary",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int, production=flag),
)

if ASYNCHRONOUS:

    @service.on_startup
    async def startup_1():
        note("startup-1 begins")
        since = time.monotonic()
        while held(since):
            await asyncio.sleep(0.01)
        note("startup-1")

else:

    @service.on_startup
    def startup_1():
        note("startup-1 begins")
        since = time.monotonic()
        while held(since):
            time.sleep(0.01)
        note("startup-1")


if FAILS == "startup":

    @service.on_startup
    @hook
    def refuse_to_start():
        note("refuse_to_start")
        raise RuntimeError(f"cannot start {NONCE}")


@service.on_startup
@hook
def startup_2():
    note("startup-2")


@service.on_startup
def plain_startup():
    note("plain startup")


@service.on_shutdown
@hook
def shutdown_1():
    note("shutdown-1")


if FAILS == "shutdown":

    @service.on_shutdown
    @hook
    def refuse_to_stop():
        note("refuse_to_stop")
        raise RuntimeError(f"cannot stop {NONCE}")


@service.on_shutdown
@hook
def shutdown_2():
    note("shutdown-2")


@service.on_shutdown
def plain_shutdown():
    note("plain shutdown")


app = service.application()

if __name__ == "__main__":
    service.run()
