"""A handler gets errors of any type, those of its own before others."""

from mutation import replace
from utilmeta.core.pipeline.error_handlers import ErrorHandler

replace(ErrorHandler.distance, "default=None", "default=len(line)")
