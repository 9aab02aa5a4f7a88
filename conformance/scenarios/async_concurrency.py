"""Endpoints and hooks that run at the same time: they tell their threads, their requests, and who waits for whom.

A request that sleeps does so until there is a file of the name that it gives beside SCENARIO_EVENTS. With SCENARIO_ORM
a plain startup hook writes and reads a row with Django's ORM.
"""

import asyncio
import os
import threading
import time

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

FOLDER = os.path.dirname(os.environ["SCENARIO_EVENTS"])
LONGEST_SECONDS = 20
DELIVERY_SECONDS = 5  # less than anybody waits for an answer: what is never delivered is one, an error

loops = []  # every event loop seen in this process, kept so that none is taken for another
hooks = {}  # what the startup hooks saw, by their names
post = {}  # what the asynchronous one opened
asleep = []  # a mark for each request that sleeps
met = {}  # the requests that have come to a meeting
lock = threading.Lock()


def place():
    """Process, thread and event loop here: the thread as Python and as the system number it; no loop is None."""
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        loop = None
    if loop is not None and loop not in loops:
        loops.append(loop)
    return {
        "pid": os.getpid(),
        "thread": threading.get_ident(),
        "native thread": threading.get_native_id(),
        "loop": None if loop is None else id(loop),
    }


def closed(gate, since):
    return not os.path.exists(os.path.join(FOLDER, gate)) and time.monotonic() < since + LONGEST_SECONDS


def arrived(meeting, parties, since):
    return len(met[meeting]) >= parties or time.monotonic() > since + LONGEST_SECONDS


def enter(meeting):
    with lock:
        met.setdefault(meeting, []).append(None)


def sleeps(function):
    """Counts a request while it is in there."""
    asleep.append(None)
    try:
        return function()
    finally:
        asleep.pop()


def seen(of):
    """What an API object says of the request it serves."""
    return {"header": of.request.headers.get("x-word"), "path": of.request.path, "kept": of.kept}


class PlainAPI(api.API):
    """Plain functions, in both modes."""

    @api.get
    def place(self):
        return place()

    @api.get
    def sleep(self, gate: str):
        def wait():
            since = time.monotonic()
            while closed(gate, since):
                time.sleep(0.05)

        sleeps(wait)
        return place()

    @api.get("meet/{meeting}/{word}")
    def meet(self, meeting: str, word: str, parties: int):
        self.kept = word
        before = seen(self)
        enter(meeting)
        since = time.monotonic()
        while not arrived(meeting, parties, since):
            time.sleep(0.01)
        return {"before": before, "after": seen(self), "word": word}


class AwaitedAPI(api.API):
    """The same as `async def`; on an asynchronous variant alone."""

    @api.get
    async def place(self):
        await asyncio.sleep(0)
        return place()

    @api.get
    async def sleep(self, gate: str):
        since = time.monotonic()
        asleep.append(None)
        while closed(gate, since):
            await asyncio.sleep(0.05)
        asleep.pop()
        return place()

    @api.get("meet/{meeting}/{word}")
    async def meet(self, meeting: str, word: str, parties: int):
        self.kept = word
        before = seen(self)
        enter(meeting)
        since = time.monotonic()
        while not arrived(meeting, parties, since):
            await asyncio.sleep(0.01)
        return {"before": before, "after": seen(self), "word": word}

    @api.get("sent/{word}")
    async def sent(self, word: str):
        """Answered by the task that the startup hook left running, on its loop or not at all."""
        answer = asyncio.get_running_loop().create_future()
        post["box"].put_nowait((word, answer))
        return await asyncio.wait_for(answer, DELIVERY_SECONDS)


class RootAPI(api.API):
    plain: PlainAPI
    if ASYNCHRONOUS:
        awaited: AwaitedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def asleep(self):
        return {"asleep": len(asleep)}

    @api.get
    @in_mode
    def hooks(self):
        return {"hooks": hooks}


service = UtilMeta(
    __name__,
    name="async_concurrency",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)


@service.on_startup
def plain_hook():
    hooks["plain"] = place()
    if "SCENARIO_ORM" in os.environ:
        try:
            hooks["row"] = written_and_read(NONCE)
        except Exception as error:  # noqa: BLE001 - it is what the check wants to be told
            hooks["row"] = repr(error)


if ASYNCHRONOUS:

    @service.on_startup
    async def awaited_hook():
        await asyncio.sleep(0.001)
        hooks["awaited"] = place()
        post["box"] = asyncio.Queue()
        post["task"] = asyncio.create_task(deliver())

    async def deliver():
        while True:
            word, answer = await post["box"].get()
            answer.set_result(word[::-1])


def written_and_read(text):
    """The text of a row that a model wrote to a database of its own and read again."""
    import django
    from django.apps import apps
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    if not apps.ready:
        django.setup()
    from django.db import connections, models

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    connections.settings["hook"] = connections.configure_settings({"default": {}, "hook": database})["hook"]

    class Note(models.Model):
        text = models.TextField()

        class Meta:
            app_label = "async_concurrency"

    try:
        with connections["hook"].schema_editor() as editor:
            editor.create_model(Note)
        Note.objects.using("hook").create(text=text)
        return Note.objects.using("hook").get().text
    finally:
        connections["hook"].close()


app = service.application()

if __name__ == "__main__":
    service.run()
