"""What hooks declare of the query is its default."""

from mutation import replace
from utilmeta.core.pipeline.chain_compiler import ChainCompiler

replace(
    ChainCompiler.bind,
    "compile_binding(function, hook.label, names, api=api)",
    "compile_binding(function, hook.label, names, api=api)\n"
    "        kept = [each for each in self.bindings[key].parameters if each.marker.place != 'query']\n"
    "        self.bindings[key] = bound(tuple(kept), hook.label)",
)
