"""What `extra` says never reaches Django."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

replace(DjangoSettings.given, "self.extra.items()", "()")
