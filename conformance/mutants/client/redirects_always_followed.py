"""Redirects are followed, whatever `allow_redirects` says."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.exchanged,
    "location_of(answer.status, answer.headers) if client._settings.follows else None",
    "location_of(answer.status, answer.headers)",
)
