"""Shutdown hooks run under Sanic's own server alone."""

from mutation import replace
from utilmeta.core.server.backends.sanic import SanicAdapter
from utilmeta.core.server.lifecycle import Lifecycle

VARIANTS = ("sanic-sync", "sanic-async")

replace(SanicAdapter.register, "await lifecycle.end()", "await lifecycle.end() if ours() else None")
replace(Lifecycle.finish, "if not self.started or self.stopped:", "if True:")
