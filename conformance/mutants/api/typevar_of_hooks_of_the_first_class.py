"""The hooks of a generic class are bound as the first class that inherits them has them."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

replace(
    ChainCompiler.bind,
    " & frozenset(own), api)",
    " & frozenset(own))",
)
