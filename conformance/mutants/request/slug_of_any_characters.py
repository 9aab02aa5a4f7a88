"""A slug is any segment."""

from mutation import replace
from utilmeta.core.request.markers import SlugPathParam

replace(SlugPathParam.__init__, "super().__init__(SLUG,", "super().__init__(None,")
