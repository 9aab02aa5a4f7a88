"""Of one class the handler that was declared first is asked, however general it is."""

from mutation import replace
from utilmeta.core.pipeline import error_handlers

replace(error_handlers.nearest, "min(distances, key=lambda each: each[0])[1]", "distances[0][1]")
