"""A Host behind an X-Forwarded-Host that is trusted is not looked at."""

from mutation import replace
from utilmeta.core.pipeline.host import AllowedHosts

VARIANTS = ("django-sync", "django-async")

replace(AllowedHosts.judge, "asked = asked or name", "asked = name\n        break")
