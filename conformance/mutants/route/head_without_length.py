"""HEAD announces the length of what it sends, which is nothing."""

from mutation import replace
from utilmeta.core.pipeline.responder import Responder

replace(Responder.reply, "str(len(body))", 'str(0 if request.method == "HEAD" else len(body))')
