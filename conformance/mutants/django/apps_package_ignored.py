"""The apps of `apps_package` are not installed."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

replace(DjangoSettings.given, "if self.apps_package is not None:", "if False:")
