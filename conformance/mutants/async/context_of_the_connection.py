"""All requests of a connection have one context: that of the task which Sanic answers them in."""

from utilmeta.core.concurrency.in_flight import InFlight

VARIANTS = ("sanic-async",)


async def run(self, coroutine):
    return await coroutine


InFlight.run = run
