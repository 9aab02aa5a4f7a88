"""The latest answer is kept on the client, so that calls at once get each other's."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "answer = await send(message, deadline)",
    (
        "client._latest = await send(message, deadline)\n"
        '            __import__("time").sleep(0.02)\n'
        "            answer = client._latest"
    ),
)
