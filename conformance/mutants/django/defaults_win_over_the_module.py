"""UtilMeta's defaults win over the settings module."""

from mutation import replace
from utilmeta.core.server.django_setup.setup import configure

replace(configure, 'if setting.name not in chosen or setting.name == "SECRET_KEY":', "if True:")
