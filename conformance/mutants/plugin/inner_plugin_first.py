"""The innermost plugin is asked first."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

replace(chain_compiler.compose, "reversed(hooks.plugins)", "hooks.plugins")
