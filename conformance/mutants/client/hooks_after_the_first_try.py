"""Hooks after the request see each try."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "            return received(answer.status, answer.headers, answer.body, request)",
    "            found = received(answer.status, answer.headers, answer.body, request)\n"
    '            for process in self.processes("process_response") if answer.status == 503 else ():\n'
    "                await self.run(process, found)\n"
    "            return found",
)
