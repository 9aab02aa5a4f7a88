"""The first of `middleware` is the innermost."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

VARIANTS = ("django-sync",)

replace(DjangoSettings.given, "list(self.middleware)", "list(self.middleware)[::-1]")
