"""The URL patterns of Django are not served."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

VARIANTS = ["django-sync", "django-async"]

replace(DjangoSettings.given, "if self.root_urlconf is not None:", "if not self:")
