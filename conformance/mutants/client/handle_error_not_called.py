"""`handle_error` is not called."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.handled, '(*handlers, *reversed(self.processes("handle_error")))', "handlers")
