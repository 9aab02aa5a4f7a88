"""An after hook that takes no Response does not run."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

replace(chain_compiler.call_of, "return await function(instance, **arguments)", "return None")
