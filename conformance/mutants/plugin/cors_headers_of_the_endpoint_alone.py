"""Preflights grant the headers of the endpoint, and not those of hooks around it."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

replace(ChainCompiler.compile, "for binding in taking for name in binding.headers", "for name in parts.binding.headers")
