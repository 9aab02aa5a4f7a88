"""Parameters of hooks are not bound: each is its default."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.hook_call, "arguments = bind(state.request, state.values)", "arguments = {}")
replace(hook_middleware.with_after_arguments, "bind: bind(state.request, state.values)", "bind: {}")
