"""Preflights grant the headers of before hooks, and not those of other kinds."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

replace(
    ChainCompiler.compile,
    "taking = (parts.binding, *of_hooks.values(),",
    "taking = (parts.binding, *(of_hooks[hook] for hook in hooks.before),",
)
