"""A handler that returns what is false leaves the error to the next one."""

from mutation import replace
from utilmeta.core.pipeline.error_handlers import ErrorHandlers

replace(ErrorHandlers.recover, "if result is not None:", "if result:")
