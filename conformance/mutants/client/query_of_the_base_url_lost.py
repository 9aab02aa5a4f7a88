"""The query of `base_url` is not sent."""

from mutation import replace
from utilmeta.core.cli.settings import settings

replace(settings, '{**parse_qs(parts.query, keep_blank_values=True, errors="surrogateescape"), **query}', "query")
