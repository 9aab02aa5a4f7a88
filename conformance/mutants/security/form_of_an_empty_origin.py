"""A form with an empty Origin is one without Origin."""

from mutation import replace
from utilmeta.core.request.origin import check_form

replace(check_form, "origin is None or", "not origin or")
