"""The log says which endpoint failed, and not of what."""

from mutation import replace
from utilmeta.core.server.dispatch import Responder

replace(Responder.log, ", exc_info=error", "")
