"""A default that is false is taken for every type."""

from mutation import replace
from utilmeta.core.request.parameters import default_check

replace(default_check.check_default, "default is None", "not default")
