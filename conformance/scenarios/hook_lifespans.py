"""Probes of an application as tests use it: a lifespan that is opened more than once, the framework's test client."""

import asyncio
import atexit
import sys

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api

calls = []
failures = []  # what a startup hook raises, one in each lifespan until there is none
exits = []  # whether a shutdown hook does


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def word(self, word: str):
        calls.append(word)
        return {"word": word}


service = with_a_key(
    UtilMeta(
        __name__,
        name="hook_lifespans",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)


@service.on_startup
@in_mode
def begin():
    calls.append("begin")
    if failures:
        raise RuntimeError(failures.pop())


@service.on_shutdown
@in_mode
def end():
    calls.append("end")


@service.on_shutdown
@in_mode
def exit_at_the_end():
    if exits:
        sys.exit("at the end")


app = service.application()


async def get(path, query):
    """The status that the application gives to a GET, by ASGI."""
    sent, messages = [], [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive():
        if not messages:
            await asyncio.Event().wait()  # the client stays
        return messages.pop()

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"a")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
    }
    await app(scope, receive, send)
    return sent[0]["status"]


async def life(words):
    """One lifespan, with a request for each word within."""
    messages, told = asyncio.Queue(), asyncio.Queue()
    scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    running = asyncio.ensure_future(app(scope, messages.get, told.put))
    await messages.put({"type": "lifespan.startup"})
    statuses = [(await told.get())["type"]]
    if statuses == ["lifespan.startup.complete"]:
        for word in words:
            statuses.append(await get("/api/word", f"word={word}"))
        await messages.put({"type": "lifespan.shutdown"})
        statuses.append((await told.get())["type"])
    await asyncio.gather(running, return_exceptions=True)
    return statuses


def lifespans(lives, failing=()):
    """What is told of lifespans one after the other, each on a loop of its own, with requests for these words; the
    startup hook of the first fails with these texts."""
    failures.extend(failing)
    told = [asyncio.run(life(words)) for words in lives]
    return {"told": told, "calls": calls}


def without_lifespan(words):
    """The same of requests with no lifespan around, at whose end the process ends and a shutdown hook exits."""
    exits.append(True)
    statuses = [asyncio.run(get("/api/word", f"word={word}")) for word in words]
    atexit._run_exitfuncs()
    return {"told": statuses, "calls": list(calls)}


def test_client(word):
    """The answers of the framework's test clients."""
    found = []
    for client in clients():
        answer = client(f"/api/word?word={word}")
        found.append({"status": answer[0], "body": answer[1].decode()})
    return {"answers": found, "calls": list(calls)}


def clients():
    """A function for each, which gives the status and the body of a GET."""
    if BACKEND == "flask":
        client = app.test_client()

        def get(path):
            answer = client.get(path)
            return answer.status_code, answer.data

        return [get]
    from django.test import AsyncClient, Client

    def plain(path):
        answer = Client().get(path)
        return answer.status_code, answer.content

    def awaited(path):
        answer = asyncio.run(AsyncClient().get(path))
        return answer.status_code, answer.content

    return [plain, awaited]


if __name__ == "__main__":
    service.run()
