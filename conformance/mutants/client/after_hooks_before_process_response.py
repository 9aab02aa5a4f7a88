"""After hooks come before `process_response`."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.finished, "for place, hook in self.around.after:", "for place, hook in ():")
replace(
    Call.sent,
    'for process in reversed(self.processes("process_response")):',
    (
        "for place, hook in self.around.after:\n"
        "        await self.run(hook, self.client._lineage[place], found)\n"
        '    for process in reversed(self.processes("process_response")):'
    ),
)
