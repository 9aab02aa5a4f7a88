"""What a handler raises goes to no other handler."""

from mutation import replace
from utilmeta.core.pipeline.error_handlers import ErrorHandlers

replace(ErrorHandlers.recover, "error = error_to_handle(another)", "raise")
