"""A service whose code raises what is no Exception, or exceptions of odd classes, wherever its code can run.

`?at=...&what=...&word=...` says where something is raised, what, and with which text. Where it is not raised the answer
is the word.
"""

import asyncio
import signal
import sys
import threading

from error_kept_exceptions import KeptAndAnsweredAPI, KeptAndHandledAPI, KeptAndSentAPI, KeptAPI
from error_odd_exceptions import GroupAPI, OddAPI, OddlyTemplatedAPI
from error_raised_places import (
    CrossedAPI,
    Endpoints,
    FailingLateAPI,
    HandledAPI,
    HookedAPI,
    LateAPI,
    ResultAPI,
    SharedAPI,
    TemplatedAPI,
    in_mode,
)
from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api

tasks = []


async def exit_later():
    sys.exit("later")


def of_a_signal(number, frame):
    sys.exit(7)


def leave():
    sys.exit(7)


class Stopping:
    def stop(self, number, frame, *, status=7):
        sys.exit(status)

    def __call__(self, *args):
        of_a_signal(*args)


SIGNAL_HANDLERS = {
    "function": of_a_signal,
    "of any arguments": lambda *args: sys.exit(7),
    "method": Stopping().stop,
    "object": Stopping(),
    "a function that it calls": lambda number, frame: leave(),
}


class RootAPI(api.API):
    bare: Endpoints
    late: LateAPI
    failing_late: FailingLateAPI
    crossed: CrossedAPI
    templated: TemplatedAPI
    hooked: HookedAPI
    shared: SharedAPI
    handled: HandledAPI
    results: ResultAPI
    odd: OddAPI
    oddly_templated: OddlyTemplatedAPI
    groups: GroupAPI
    kept: KeptAPI
    kept_and_handled: KeptAndHandledAPI
    kept_and_answered: KeptAndAnsweredAPI
    kept_and_sent: KeptAndSentAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def counts(self):
        """How many threads and tasks there are."""
        tasks = len(asyncio.all_tasks()) if ASYNCHRONOUS else 0
        return {"threads": threading.active_count(), "tasks": tasks}

    if ASYNCHRONOUS:

        @api.get
        async def own_task(self, word: str):
            """Awaits a task that it cancelled."""
            task = asyncio.ensure_future(asyncio.sleep(10))
            await asyncio.sleep(0)
            task.cancel(word)
            await task

        @api.get
        async def signalled(self, handler: str):
            """A handler of a signal exits while this runs."""
            signal.signal(signal.SIGUSR1, SIGNAL_HANDLERS[handler])
            signal.raise_signal(signal.SIGUSR1)
            return "went on"

        @api.get
        async def exit_beside(self, times: int):
            """Tasks that it starts exit, each."""
            tasks.extend(asyncio.ensure_future(exit_later()) for _ in range(times))
            await asyncio.sleep(0.01)
            return "begun"

        @api.get
        async def loop_stopped(self, times: int):
            for _ in range(times):
                asyncio.get_running_loop().stop()
                await asyncio.sleep(0)
            await asyncio.sleep(0.01)
            return "stopped"


service = with_a_key(
    UtilMeta(
        __name__,
        name="error_raised",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()

if __name__ == "__main__":
    service.run()
