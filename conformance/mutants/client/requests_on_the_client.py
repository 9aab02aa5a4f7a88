"""Of two requests at once both answers have the request that was begun last."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "client, request = self.client, self.request",
    "client, request = self.client, self.request\n    client._sending = request",
)
replace(Call.exchanged, "answer.headers, answer.body, request)", "answer.headers, answer.body, client._sending)")
