"""With `fail_silently` a request without an answer is raised nevertheless."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(
    Call.handled,
    "silent = self.returns.plain or self.client._settings.fail_silently",
    "silent = self.returns.plain",
)
