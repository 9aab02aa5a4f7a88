"""After hooks run for what a handler answers too."""

from mutation import replace
from utilmeta.core.pipeline import chain_compiler

ALL = "[AfterHook(calls[hook], template) for hook in hooks.after]"
replace(
    chain_compiler.compose,
    "handler = with_error_handlers(handler, handlers, template)",
    f"handler = with_after_hooks(with_error_handlers(handler, handlers, template), template, {ALL})",
)
