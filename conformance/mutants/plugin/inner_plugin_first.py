"""The innermost plugin is asked first."""

from mutation import replace
from utilmeta.core.pipeline import chain

replace(chain.compose, "reversed(hooks.plugins)", "hooks.plugins")
