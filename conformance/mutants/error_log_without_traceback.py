"""The log says which endpoint failed, and not of what."""

from mutation import replace
from utilmeta.core.server.dispatch import Responder

replace(Responder.fail, ", exc_info=error", "")
