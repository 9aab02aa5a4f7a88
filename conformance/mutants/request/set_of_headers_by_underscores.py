"""A member of a set of headers is looked up with its underscores."""

from mutation import replace
from utilmeta.core.request.parameters import extractors

replace(extractors.header_name, 'name if aliased else name.replace("_", "-")', "name")
