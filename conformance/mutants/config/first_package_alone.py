"""Of several packages the first alone is looked at for apps."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

replace(DjangoSettings.given, "in self.apps_package for", "in self.apps_package[:1] for")
