"""`process_response` is not called."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.sent, 'for process in reversed(self.processes("process_response")):', "for process in ():")
