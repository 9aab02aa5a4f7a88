"""A default is whatever it is."""

from mutation import replace
from utilmeta.core.request.parameters import default_check

replace(
    default_check.check_default,
    "if default is UNSET or default is None or isinstance(default, DefaultFactory):",
    "if True:",
)
