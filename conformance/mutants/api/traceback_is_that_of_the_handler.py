"""The stack of an error is that of the function that asks for it."""

import traceback

from mutation import replace
from utilmeta.core.response import error

error.format_stack = traceback.format_stack
replace(error.Error.traceback.fget, "format_tb(self.exception.__traceback__)", "format_stack()")
