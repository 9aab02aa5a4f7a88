"""An error that is made before the endpoint is called, or of what it gives, has no headers of CORS."""

from mutation import replace
from utilmeta.core.server import call
from utilmeta.core.server.dispatch import Responder

CALL = "granting({0}call(request, values), granted, request)"
TRIED = """granting({0}call(request, values), granted, request)
        except Exception as error:
            error.granted = True
            raise"""

for function, word in ((call.permitted, ""), (call.permitted_later, "await ")):
    was = f"return {CALL.format(word)}"
    replace(function, was, f"try:\n            return {TRIED.format(word)}")
replace(Responder.failure, "plan.cors is not None:", "plan.cors is not None and hasattr(raised, 'granted'):")
