"""No proxies are trusted but those of this machine, whatever the service says."""

from mutation import replace
from utilmeta.core.pipeline.dispatch import Limits

replace(Limits.enter, "trusted_proxies.set(self.proxies)", "None")
