"""A request whose connection fails is sent again."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "answer = await send(message, deadline)",
    (
        "try:\n"
        "                answer = await send(message, deadline)\n"
        "            except OSError:\n"
        "                answer = await send(message, deadline)"
    ),
)
