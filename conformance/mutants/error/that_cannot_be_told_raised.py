"""What goes wrong with telling an exception is raised, out of the handling of the request."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.failure, "except BaseException as broken:", "except KeyError as broken:")
