"""Carries a UtilMeta service on `seventh`, by what the reference documents for authors of backends and nothing else."""

from __future__ import annotations

from contextlib import asynccontextmanager

from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.server.backends import asgi
from utilmeta.core.server.backends.base import Adapter

import seventh


class SeventhAdapter(Adapter):
    """`backend="seventh"`."""

    name = "seventh"
    asynchronous = True
    loop = True

    @classmethod
    def accepts(cls, application):
        return isinstance(application, seventh.Application)

    def build(self):
        return seventh.Application()

    def install(self, application, handle):
        lifecycle, native = self.deployment.lifecycle, application.lifespan

        async def answer(scope, receive, send):
            status, headers, body = await handle(ASGIRequest(scope, receive))
            await asgi.send_reply(send, status, headers, body)

        @asynccontextmanager
        async def lifespan():
            async with native():
                await lifecycle.astart()
                try:
                    yield
                finally:
                    await lifecycle.astop()

        application.rest = answer
        application.lifespan = lifespan

    @classmethod
    def get_debug(cls, application):
        return application.debug

    def set_debug(self, application, debug):
        application.debug = debug

    def run_options(self, application):
        return asgi.options()

    def run(self, application, listener, options):
        asgi.run(application, self.deployment, listener, options)
