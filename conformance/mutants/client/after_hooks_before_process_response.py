"""After hooks come before `process_response`."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.finished, "for depth, _, hook in self.plan.after:", "for depth, _, hook in ():")
replace(
    Call.sent,
    'for process in reversed(self.processes("process_response")):',
    (
        "for depth, _, hook in self.plan.after:\n"
        "        await self.run(hook, self.client._way[depth], found)\n"
        '    for process in reversed(self.processes("process_response")):'
    ),
)
