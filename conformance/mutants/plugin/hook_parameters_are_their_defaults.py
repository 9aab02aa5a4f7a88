"""Parameters of hooks are not bound: each is its default."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.hook_call, "{} if bind is None else bind(state.request, state.values)", "{}")
