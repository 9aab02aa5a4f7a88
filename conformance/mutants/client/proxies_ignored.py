"""`proxies` changes nothing."""

from mutation import replace
from utilmeta.core.cli.settings import settings

replace(settings, "dict(proxies or {})", "{}")
