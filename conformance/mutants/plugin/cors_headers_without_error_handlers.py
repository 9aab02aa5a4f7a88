"""Preflights grant no headers that error handlers take."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

replace(
    ChainCompiler.compile,
    "taking = (parts.binding, *of_hooks.values(),",
    "taking = (parts.binding, *(of_hooks[hook] for hook in (*hooks.before, *hooks.after)),",
)
