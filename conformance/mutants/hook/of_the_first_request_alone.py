"""In threads the startup hooks count as run when the first request has begun them: a second one does not wait."""

from mutation import replace
from utilmeta.core.pipeline.lifecycle import Lifecycle

VARIANTS = ("flask-sync", "django-sync")

replace(Lifecycle.start, "before = copy_context()\n", "before = copy_context()\n        self.started = True\n")
replace(Lifecycle.fail, "self.failed = HookFailed", "self.started = False\n    self.failed = HookFailed")
