"""A request of `handle_error` is ignored."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.handled, "if isinstance(found, (Response, ClientRequest)):", "if isinstance(found, Response):")
