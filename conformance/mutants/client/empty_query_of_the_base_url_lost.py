"""Of the query of `base_url` what is empty is not sent."""

from mutation import replace
from utilmeta.core.cli.settings import settings

replace(settings, "keep_blank_values=True", "keep_blank_values=False")
