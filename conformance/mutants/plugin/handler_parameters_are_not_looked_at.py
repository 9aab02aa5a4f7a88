"""What a handler takes of a request is its default where it does not convert."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(
    hook_middleware.hook_call,
    "            arguments = bind(state.request, state.values)",
    "            arguments = {} if first else bind(state.request, state.values)",
)
