"""A request without an answer is never raised."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.handled, "silent = self.returns.plain or self.client._settings.fail_silently", "silent = True")
