"""What hooks declare of the path is looked for in the query."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

replace(ChainCompiler.bind, "names, api=api)", "(), api=api)")
