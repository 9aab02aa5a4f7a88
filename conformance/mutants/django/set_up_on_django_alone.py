"""DjangoSettings have no effect on another backend than Django."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

replace(UtilMeta._prepare, " or any(config.needs_django for config in configs)", "")
