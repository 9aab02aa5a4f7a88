"""`middleware` never reaches Django."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

VARIANTS = ("django-sync",)

replace(DjangoSettings.given, "list(self.middleware)", "[]")
