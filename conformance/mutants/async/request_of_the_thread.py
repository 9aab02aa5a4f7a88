"""The current request is kept with the thread, which on an event loop is that of all requests."""

import threading

from utilmeta.core.api.declaration import API

VARIANTS = ("starlette-async",)

current = threading.local()


def keep(self, request):
    current.request = request


API.__init__ = keep
API.request = property(lambda self: current.request)
