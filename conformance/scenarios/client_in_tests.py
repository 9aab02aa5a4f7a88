"""Probes of a service that is called inside its process, by clients and test clients (client_inside_api.py)."""

import asyncio
import sys
import time

from client_calls import described, facts
from client_inside_api import fails, journal, made, make
from utilmeta.core.cli import Client


def watched(event, arguments):
    """Note sockets that listen, or connect, at an address of the Internet protocol."""
    if event in ("socket.bind", "socket.connect") and isinstance(arguments[1], tuple):
        journal.append(event)


def since():
    """What the journal has, which is then empty."""
    noted, journal[:] = [*journal], []
    return noted


def called(client, style, path, **options):
    """What comes of a GET by a client in a style."""
    try:
        if style == "sync":
            return facts(client.get(path, **options))
        return facts(asyncio.run(client.async_get(path, **options)))
    except Exception as error:  # noqa: BLE001 - it is looked at
        return facts(error)


def clients(word, origin):
    """What comes of a GET by each kind of client in both styles, and the sockets of each; `origin` is the service's."""
    service = make(origin=origin)
    kinds = {
        "service": lambda: Client(service=service),
        "internal of the service": lambda: Client(service=service, internal=True),
        "internal": lambda: Client(internal=True),
        "live": lambda: service.get_client(live=True),
        "inside": lambda: service.get_client(live=False),
    }
    sys.addaudithook(watched)
    found = {}
    for name, new in kinds.items():
        for style in ("sync", "async"):
            answer = called(new(), style, "item/0", query={"name": word})
            found[f"{name} {style}"] = {**answer, "sockets": since()}
    return found


def without():
    """What comes of a GET where there is no service."""
    return [called(Client(internal=True), style, "item/0") for style in ("sync", "async")]


class Broken(Exception):
    """Raised in the body of a test client."""


def life(style, *paths, broken=False):
    """A test client in a style, which gets these paths: its answers, what was raised, and the journal."""
    answers, raised, service = [], None, made["service"]

    def body(answer):
        journal.append("body")
        answers.append(facts(answer))

    async def awaited():
        async with service.test_client() as client:
            journal.append("begin")
            for path in paths:
                body(await client.async_get(path))
            if broken:
                raise Broken("body")

    try:
        if style == "async":
            asyncio.run(awaited())
        else:
            with service.test_client() as client:
                journal.append("begin")
                for path in paths:
                    body(client.get(path))
                if broken:
                    raise Broken("body")
    except Exception as error:  # noqa: BLE001 - it is looked at
        raised = described(error)
    return {"answers": answers, "raised": raised, "journal": since()}


def lives(styles, paths, broken):
    """Test clients in these styles, one after the other; a body is broken or not."""
    make()
    sys.addaudithook(watched)
    return [life(style, *paths, broken=each) for style, each in zip(styles, broken, strict=True)]


def within(style):
    """What is raised by a test client within another one, and what the outer one still gets."""
    service = make()

    async def awaited():
        async with service.test_client() as client:
            try:
                async with service.test_client():
                    return None, None
            except Exception as error:  # noqa: BLE001 - it is looked at
                return described(error), (await client.async_get("item/1")).status

    if style == "async":
        return asyncio.run(awaited())
    with service.test_client() as client:
        try:
            with service.test_client():
                return None, None
        except Exception as error:  # noqa: BLE001 - it is looked at
            return described(error), client.get("item/1").status


def failed(style, word):
    """A test client of a service whose startup hook raises."""
    make()
    fails.append(word)
    return life(style, "item/1")


def awaiting(timeout):
    """The longest time in which nothing else ran on the event loop while a slow answer was awaited, and its status; and
    for a call in each style that may take `timeout` seconds, its status and the seconds that it took."""
    service = make()

    async def tick(gaps):
        while True:
            began = time.monotonic()
            await asyncio.sleep(0.01)
            gaps.append(time.monotonic() - began)

    async def timed(call):
        began = time.monotonic()
        answer = await call
        seconds = time.monotonic() - began
        return {"status": answer.status, "late": isinstance(answer.error, TimeoutError), "seconds": seconds}

    def plain():
        return service.get_client().get("slow", timeout=timeout)

    async def whole():
        gaps = []
        async with service.test_client() as client:
            ticking = asyncio.ensure_future(tick(gaps))
            await asyncio.sleep(0.05)
            answer = await client.async_get("slow")
            await asyncio.sleep(0.05)  # until it has seen how long the call took
            ticking.cancel()
            short = [await timed(client.async_get("slow", timeout=timeout))]
            short.append(await timed(asyncio.to_thread(plain)))
        return {"status": answer.status, "gap": max(gaps), "short": short}

    return asyncio.run(whole())
