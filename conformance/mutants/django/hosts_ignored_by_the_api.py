"""`allowed_hosts` are a setting of Django's, and the API answers whatever Host it is asked as."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts

replace(AllowedHosts.check, "if not self.admits(request.header):", "if False:")
