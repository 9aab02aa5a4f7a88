"""Of several types of a handler that an error is of, the last one counts."""

from mutation import replace
from utilmeta.core.pipeline.error_handlers import ErrorHandler

replace(
    ErrorHandler.distance,
    "min((line.index(each) for each in self.exceptions if each in line), default=None)",
    "next((line.index(each) for each in reversed(self.exceptions) if each in line), None)",
)
