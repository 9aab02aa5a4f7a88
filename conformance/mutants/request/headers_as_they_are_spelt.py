"""A header is found by its name in lower case alone."""

from mutation import replace
from utilmeta.core.request.headers import Headers

replace(Headers.__getitem__, "name.lower()", "name")
