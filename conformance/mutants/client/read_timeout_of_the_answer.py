"""The limit of a wait is for the whole call."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "Deadline(request.timeout, self.begun, client._settings.limits)",
    "Deadline(client._settings.limits.read or request.timeout, self.begun)",
)
