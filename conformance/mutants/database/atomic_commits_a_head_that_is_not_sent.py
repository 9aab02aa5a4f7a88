"""A result whose status or headers cannot be sent is committed all the same."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Responder

replace(Responder.encoded, "result.check()", "pass")
