"""Two URLs whose ports are the same are of one origin."""

from mutation import replace
from utilmeta.core.cli.redirect import origin_of

replace(origin_of, "parts.hostname", '"host"')
