"""Of `base_url` the path is left out."""

from mutation import replace
from utilmeta.core.cli.settings import settings

replace(settings, 'path=place.path.rstrip("/")', 'path=""')
