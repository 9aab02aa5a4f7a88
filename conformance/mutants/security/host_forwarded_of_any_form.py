"""An X-Forwarded-Host that is trusted is of any form; the Host behind it is the request's then."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts

VARIANTS = ("django-sync", "django-async")

replace(AllowedHosts.judge, "return False", "if len(fields) == 1 or field == fields[1]:\n                return False")
