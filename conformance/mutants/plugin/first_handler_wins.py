"""Of one class the handler that was declared first is asked, however general it is."""

from mutation import replace
from utilmeta.core.pipeline.chain import Handlers

replace(Handlers.recover, "min(distances, key=lambda each: each[0])[1]", "distances[0][1]")
