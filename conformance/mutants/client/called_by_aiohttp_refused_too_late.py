"""A library that only awaits is refused in a plain function after the request was sent."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "connections.check(asynchronous=self.asynchronous)",
    "if not self.asynchronous and connections.library.call is None:\n"
    "        __import__('asyncio').run(connections.asend(outgoing(request, cookies.header), Deadline(None)))\n"
    "    connections.check(asynchronous=self.asynchronous)",
)
