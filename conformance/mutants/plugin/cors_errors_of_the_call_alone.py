"""An error that is made before the endpoint is called, or of what it gives, has no headers of CORS."""

from mutation import replace
from utilmeta.core.pipeline import call
from utilmeta.core.pipeline.responder import Responder

CALL = "result = {0}call(request, values)"
TRIED = """try:
            result = {0}call(request, values)
        except Exception as error:
            error.granted = True
            raise"""

for function, word in ((call.with_cors, ""), (call.with_async_cors, "await ")):
    replace(function, CALL.format(word), TRIED.format(word))
replace(Responder.reply_to_error, "plan.cors is not None:", "plan.cors is not None and hasattr(raised, 'granted'):")
