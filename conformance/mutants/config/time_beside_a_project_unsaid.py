"""Time that gives way to the settings of a project does so in silence."""

from mutation import replace
from utilmeta.core.server.django_setup import settings

VARIANTS = ["django-sync", "django-async"]

replace(settings.assemble, "if kept:", "if not state:")
