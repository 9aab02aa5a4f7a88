"""A URL pattern that is included below another looks for its route at the start of the path."""

from mutation import replace
from utilmeta.core.request.servers.django import below_pattern

VARIANTS = ("django-sync", "django-async")

replace(below_pattern, 'if before.strip(b"/") and', "if False and")
