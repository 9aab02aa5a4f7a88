"""Hooks before the request run before each try."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "    request.tries += 1\n",
    "    request.tries += 1\n"
    '    for process in self.processes("process_request") if request.tries > 1 else ():\n'
    "        self.changed(await self.run(process, request))\n",
)
