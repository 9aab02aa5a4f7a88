"""A request of `process_response` is ignored."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.sent, "return replaced", "continue")
