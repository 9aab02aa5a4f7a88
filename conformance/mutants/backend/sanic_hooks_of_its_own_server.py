"""Shutdown hooks run under Sanic's own server alone."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle
from utilmeta.core.server.backends.sanic import SanicAdapter

VARIANTS = ("sanic-sync", "sanic-async")

replace(SanicAdapter.register, "await lifecycle.end()", "await lifecycle.end() if ours() else None")
replace(Lifecycle.finish, "if not self.started or self.stopped:", "if True:")
