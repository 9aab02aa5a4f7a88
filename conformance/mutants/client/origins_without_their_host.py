"""Two URLs whose ports are the same are of one origin."""

from mutation import replace
from utilmeta.core.cli.transport.url import origin_of

origin_of.cache_clear()
replace(origin_of, 'urlsplit(f"//{netloc}").hostname or ""', '"host"')
