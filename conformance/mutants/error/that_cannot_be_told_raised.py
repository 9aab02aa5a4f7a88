"""What goes wrong with telling an exception is raised, out of the handling of the request."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.reply_to_error, "except BaseException as broken:", "except KeyError as broken:")
