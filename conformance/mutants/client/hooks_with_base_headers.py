"""A hook that turns a request to another origin takes what the client added there."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.exchanged, "told = client._settings.without(request)", "pass")
