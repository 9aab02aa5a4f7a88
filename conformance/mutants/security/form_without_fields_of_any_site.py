"""A form without fields is no form, so that any page may post it."""

from mutation import replace
from utilmeta.core.request.body import binding

replace(binding.reader, "if check_empty is not None and", "if False and")
