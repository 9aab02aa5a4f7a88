"""What Time says beside the settings of a project is an error."""

from mutation import replace
from utilmeta.core.server.django_setup import settings

VARIANTS = ["django-sync", "django-async"]

replace(settings.times, "if state.adapted else ()", "if not state else ()")
