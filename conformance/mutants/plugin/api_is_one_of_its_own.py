"""A plugin is given an instance of its own, which no endpoint or hook sees."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.plugin_call, "api=state.instances[depth]", "api=type(state.instances[depth])(state.request)")
