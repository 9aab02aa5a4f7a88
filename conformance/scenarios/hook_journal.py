"""A service that keeps a journal: each hook and each request writes a line of JSON to the file SCENARIO_EVENTS.

The checks of hooks, addresses and processes run it as a script. SCENARIO_HOLD makes the first startup hook wait until
there is a file `release` beside the journal, as the endpoint `slow` always does; `left` waits for a file
`release-left`. SCENARIO_FAILS, `startup` or `shutdown`, makes a hook in the middle raise, SCENARIO_EXITS one exit.
SCENARIO_DOCUMENTED makes the hooks those that the page has: `async def` at startup alone, and not on Django and Flask.
SCENARIO_CONFIGURATION gives the service a configuration of the user's own, which writes to the journal too.
SCENARIO_RUN says what runs the service (RUNS below); where that is the application by itself, SCENARIO_HANDLER gives
it a handler of SIGTERM of the user's own.
"""

import asyncio
import contextlib
import functools
import json
import os
import signal
import sys
import threading
import time
from contextvars import ContextVar

import native_framework
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, given, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api

JOURNAL = os.environ["SCENARIO_EVENTS"]
RELEASE = os.path.join(os.path.dirname(JOURNAL), "release")
FAILS = os.environ.get("SCENARIO_FAILS")
EXITS = os.environ.get("SCENARIO_EXITS")
DOCUMENTED = "SCENARIO_DOCUMENTED" in os.environ
HOLD_SECONDS = 15

swapped = ContextVar("swapped")  # set by a request
hooked = ContextVar("hooked")  # set by a startup hook

loops = []  # every event loop seen in this process, kept so that none is taken for another


def note(event):
    """One line, whole even when several processes write."""
    hook = hooked.get(None)
    line = json.dumps({"event": event, "pid": os.getpid(), "loop": loop_number(), "hooked": hook}) + "\n"
    descriptor = os.open(JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
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
    """On an asynchronous variant an `async def` that lets other tasks run before it does its work; as the page has it a
    plain one."""
    if not ASYNCHRONOUS or DOCUMENTED:
        return function

    @functools.wraps(function)
    async def awaited():
        await asyncio.sleep(0.001)
        function()

    return awaited


def entry(function):
    """An endpoint whose every request stands in the journal."""

    @functools.wraps(function)
    def written(self):
        note("request")
        return function(self)

    return in_mode(written)


def waiting(since, release=RELEASE):
    return not os.path.exists(release) and time.monotonic() < since + HOLD_SECONDS


def stack():
    """What the main thread is doing, `module:function`, innermost first."""
    frame, found = sys._current_frames()[threading.main_thread().ident], []
    while frame is not None:
        found.append(frame.f_globals["__name__"] + ":" + frame.f_code.co_name)
        frame = frame.f_back
    return found


class RootAPI(api.API):
    if ASYNCHRONOUS:

        @api.get
        async def slow(self):
            note("slow begins")
            since = time.monotonic()
            while waiting(since):
                await asyncio.sleep(0.01)
            note("slow ends")
            return NONCE

        @api.get
        async def left(self):
            note("left begins")
            since = time.monotonic()
            while waiting(since, RELEASE + "-left"):
                await asyncio.sleep(0.01)
            note("left ends")
            return NONCE

        @api.get
        def left_plainly(self):
            note("left plainly begins")
            since = time.monotonic()
            while waiting(since, RELEASE + "-left"):
                time.sleep(0.01)
            note("left plainly ends")
            return NONCE

    else:

        @api.get
        def slow(self):
            note("slow begins")
            since = time.monotonic()
            while waiting(since):
                time.sleep(0.01)
            note("slow ends")
            return NONCE

    @api.get
    def slow_and_plain(self):
        note("slow begins")
        since = time.monotonic()
        while waiting(since):
            time.sleep(0.01)
        return NONCE

    @api.get
    @entry
    def nonce(self):
        return NONCE

    @api.get
    @entry
    def swap(self):
        found = swapped.get(None)
        swapped.set(NONCE)
        return {"found": found, "hooked": hooked.get(None)}

    @api.get
    @entry
    def stack(self):
        return " ".join(stack())

    @api.get
    @entry
    def parameter(self):
        return str(native_framework.parameter(BACKEND, app))

    @api.get
    @entry
    def handler(self):
        return {"own": signal.getsignal(signal.SIGTERM) is own_handler}

    @api.get
    @entry
    def debug(self):
        return str(native_framework.debug_flag(BACKEND, app))

    @api.get
    @entry
    def reloads(self):
        return {"reloads": native_framework.reloads(BACKEND, app)}

    @api.get
    @entry
    def crash(self):
        raise RuntimeError(f"crashed {NONCE}")

    @api.get
    @in_mode
    def exits(self):
        sys.exit(f"exited {NONCE}")

    @api.get
    def exits_plainly(self):
        sys.exit(f"exited {NONCE}")


service = UtilMeta(
    __name__,
    name="hook_journal",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
    **given(host=str, port=int, graceful_timeout=float),
)


def registered(moment):
    """The decorator of that moment. A hook that it does not take is left out, so that the rest can be judged."""

    def register(function):
        with contextlib.suppress(Exception):
            getattr(service, moment)(function)
        return function

    return register


on_startup, on_shutdown = registered("on_startup"), registered("on_shutdown")

if ASYNCHRONOUS and not (DOCUMENTED and BACKEND in ("django", "flask")):

    @on_startup
    async def startup_1():
        note("startup-1 begins")
        since = time.monotonic()
        while held(since):
            await asyncio.sleep(0.01)
        note("startup-1")

else:

    @on_startup
    def startup_1():
        note("startup-1 begins")
        since = time.monotonic()
        while held(since):
            time.sleep(0.01)
        note("startup-1")


if FAILS == "startup":

    @on_startup
    @hook
    def refuse_to_start():
        note("refuse_to_start")
        raise RuntimeError(f"cannot start {NONCE}")


if EXITS == "startup":

    @on_startup
    @hook
    def exit_to_start():
        note("exit_to_start")
        sys.exit(f"will not start {NONCE}")


@on_startup
@hook
def startup_2():
    hooked.set(NONCE)
    note("startup-2")


@on_startup
def plain_startup():
    note("plain startup")


@on_shutdown
@hook
def shutdown_1():
    note("shutdown-1")


if FAILS == "shutdown":

    @on_shutdown
    @hook
    def refuse_to_stop():
        note("refuse_to_stop")
        raise RuntimeError(f"cannot stop {NONCE}")


if EXITS == "shutdown":

    @on_shutdown
    @hook
    def exit_to_stop():
        note("exit_to_stop")
        sys.exit(f"will not stop {NONCE}")

    @on_shutdown
    def interrupt_to_stop():
        note("interrupt_to_stop")
        raise KeyboardInterrupt(f"stop that {NONCE}")


@on_shutdown
@hook
def shutdown_2():
    note("shutdown-2")


@on_shutdown
def plain_shutdown():
    note("plain shutdown")


def configured():
    """Give the service a configuration of the user's own."""
    from utilmeta.conf import Config

    if ASYNCHRONOUS:

        class Own(Config):
            word: str = NONCE

            async def setup(self, service):
                await asyncio.sleep(0.001)
                note(f"configuration {self.word} set up")

            async def startup(self, service):
                await asyncio.sleep(0.001)
                note(f"configuration {self.word} started")

            async def shutdown(self, service):
                await asyncio.sleep(0.001)
                note(f"configuration {self.word} stopped")

    else:

        class Own(Config):
            word: str = NONCE

            def setup(self, service):
                note(f"configuration {self.word} set up")

            def startup(self, service):
                note(f"configuration {self.word} started")

            def shutdown(self, service):
                note(f"configuration {self.word} stopped")

    service.use(Own())


if "SCENARIO_CONFIGURATION" in os.environ:
    with contextlib.suppress(Exception):  # the check of it says so
        configured()

with_a_key(service)
app = service.application()


def own_handler(number, frame):
    """A handler of SIGTERM that is none of UtilMeta's: it ends the program its own way."""
    note("own handler")
    native_framework.leave(BACKEND, app)


def by_itself():
    """The user runs the application, UtilMeta's `run` is not called."""
    host, port = os.environ["SCENARIO_AT_HOST"], int(os.environ["SCENARIO_AT_PORT"])
    handler = own_handler if "SCENARIO_HANDLER" in os.environ else None
    native_framework.run(
        BACKEND, app, handler, note, host=host, port=port, **native_framework.parameters(BACKEND, NONCE)
    )


def with_an_unknown_one():
    """Whatever is bound to an address before the parameter is refused stands in the journal."""
    sys.addaudithook(lambda event, arguments: note("bound") if event == "socket.bind" else None)
    service.run(**{"p" + NONCE: 1})


RUNS = {
    "service": service.run,
    "with parameters": lambda: service.run(**native_framework.parameters(BACKEND, NONCE)),
    "with an unknown one": with_an_unknown_one,
    "by itself": by_itself,
}

if __name__ == "__main__":
    RUNS[os.environ.get("SCENARIO_RUN", "service")]()
