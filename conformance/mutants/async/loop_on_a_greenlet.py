"""Where gevent has patched the threads, the loop runs on a greenlet, among those of the requests."""

from utilmeta.core.concurrency import portal

VARIANTS = ("flask-async",)

portal.original = lambda module, name: getattr(__import__(module), name)
