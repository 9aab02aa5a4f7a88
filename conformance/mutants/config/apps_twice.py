"""An app of a package is there again though it is listed."""

from mutation import replace
from utilmeta.conf.django import DjangoSettings

replace(DjangoSettings.given, "if app not in known", "if True")
