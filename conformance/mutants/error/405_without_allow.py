"""A 405 does not say which methods are allowed."""

from mutation import replace
from utilmeta.utils.exceptions import MethodNotAllowed

replace(MethodNotAllowed.__init__, '{"Allow": ", ".join(allow)}', "{}")
