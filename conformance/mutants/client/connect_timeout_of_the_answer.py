"""The limit of connecting is for the whole call."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "Deadline(request.timeout, self.begun, client._settings.limits)",
    "Deadline(client._settings.limits.connect or request.timeout, self.begun)",
)
