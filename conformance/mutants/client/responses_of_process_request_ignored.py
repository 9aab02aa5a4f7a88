"""A Response of `process_request` is ignored."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.sent, "if not isinstance(found, Response):", "if True:")
