"""Where a plugin or a before hook has the instance first, what is wrong with shared parameters is told alone."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

replace(
    chain_compiler.bind_own_shared,
    "        try:\n            return bind(request, values)\n        except HTTPError:\n            pass\n",
    "        return bind(request, values)\n",
)
