"""Forty plain endpoints run at a time, as with AnyIO's threads; the next one waits."""

from utilmeta.core.concurrency.threads import Threads

VARIANTS = ("starlette-async",)

Threads.__init__.__defaults__ = (40,)
