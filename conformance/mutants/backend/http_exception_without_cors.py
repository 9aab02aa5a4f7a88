"""The answer to a framework's HTTP exception has no header of CORS."""

from mutation import replace
from utilmeta.core.errors import framework
from utilmeta.core.pipeline import responder

responder.answer_of = framework.answer_of
replace(
    responder.Responder.reply_to_error, "plan.cors is not None:", "plan.cors is not None and answer_of(raised) is None:"
)
