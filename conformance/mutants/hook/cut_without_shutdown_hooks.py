"""What is still in flight after `graceful_timeout` ends with the process, shutdown hooks and all."""

from mutation import replace
from utilmeta.core.server.backends.graceful_stop import Stop

VARIANTS = ("flask-sync", "django-sync")

replace(
    Stop.wait,
    "self.changed.wait_for(lambda: not self.flying, timeout)",
    "self.changed.wait_for(lambda: not self.flying, timeout) or __import__('os')._exit(0)",
)
