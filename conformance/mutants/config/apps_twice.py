"""An app of a package is there again though it is listed."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

replace(DjangoSettings.given, "if not any(is_of(entry, app) for entry in apps)", "if app not in apps[2:]")
