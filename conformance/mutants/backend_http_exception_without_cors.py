"""The answer to a framework's HTTP exception has no header of CORS."""

from mutation import replace
from utilmeta.core.server.dispatch import Responder

replace(Responder.fail, "*merged(granted, own)", "*own")
