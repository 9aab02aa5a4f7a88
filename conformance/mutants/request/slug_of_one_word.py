"""A slug is letters and digits, without hyphens."""

from mutation import replace
from utilmeta.core.request.markers import SlugPathParam

replace(SlugPathParam.__init__, "super().__init__(SLUG,", 'super().__init__("[a-z0-9]+",')
