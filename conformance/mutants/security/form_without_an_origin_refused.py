"""A form without Origin is refused, whoever sends it."""

from mutation import replace
from utilmeta.core.request.origin import check_form

replace(check_form, "(origin is None or own(origin, request)", "(origin is not None and own(origin, request)")
