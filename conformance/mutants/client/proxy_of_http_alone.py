"""Of `proxies` that of http alone is used."""

from mutation import replace
from utilmeta.core.cli.settings import settings

replace(settings, "dict(proxies or {})", '{name: url for name, url in (proxies or {}).items() if name == "http"}')
