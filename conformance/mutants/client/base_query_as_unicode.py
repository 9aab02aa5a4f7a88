"""What the query of the base URL has that is no UTF-8 is sent as another character (CLIENT-g32)."""

from mutation import replace
from utilmeta.core.cli import settings

replace(settings.settings, ', errors="surrogateescape")', ")")
