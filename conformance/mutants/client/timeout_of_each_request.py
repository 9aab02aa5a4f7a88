"""A request that a hook has sent anew has all of the timeout again."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.exchanged, "Deadline(request.timeout, self.begun, client._settings.limits)", "Deadline(request.timeout)")
