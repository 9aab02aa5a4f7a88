"""`process_request` comes before the before hooks."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.sent, 'for process in self.processes("process_request"):', "for process in ():")
replace(
    Call.sent,
    "if prepare:",
    (
        "if prepare:\n"
        '        for process in self.processes("process_request"):\n'
        "            await self.run(process, self.request)"
    ),
)
