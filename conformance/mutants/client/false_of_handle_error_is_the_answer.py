"""What handle_error or a handle hook returns is the answer where it is False, 0 or "" too (CLIENT-g21)."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.handled, "if isinstance(found, (Response, ClientRequest)):", "if found is not None:")
