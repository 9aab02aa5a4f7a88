"""A path outside the root route gets the framework's own page, not a problem."""

from mutation import replace
from utilmeta.core.server.application import compile_service

replace(compile_service, "injected=state.injected is not None", "injected=True")
