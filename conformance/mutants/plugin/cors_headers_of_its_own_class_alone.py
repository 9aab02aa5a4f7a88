"""Preflights grant the headers of hooks of the endpoint's own class, and not those of classes that mount it."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

replace(
    ChainCompiler.compile,
    "taking = (parts.binding, *of_hooks.values(),",
    "taking = (parts.binding, *(of_hooks[hook] for hook in of_hooks if hook.api is endpoint.api),",
)
