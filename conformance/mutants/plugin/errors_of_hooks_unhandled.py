"""Where there are before hooks, errors go to no handler."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

replace(chain_compiler.compose, "if hooks.error_handlers:", "if hooks.error_handlers and not hooks.before:")
