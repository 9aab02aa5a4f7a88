"""`process_request` is not called."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.sent, 'for process in self.processes("process_request"):', "for process in ():")
