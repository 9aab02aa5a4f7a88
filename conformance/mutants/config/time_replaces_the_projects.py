"""Time takes the place of the settings of a project."""

from mutation import replace
from utilmeta.core.server.django_setup import settings

VARIANTS = ["django-sync", "django-async"]

replace(settings.assemble, "replace(setting, over=other.source)", "replace(other, over=setting.source)")
