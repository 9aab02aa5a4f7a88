"""A form is refused from an origin that CORS allows."""

from mutation import replace
from utilmeta.core.request.origin import check_form

replace(check_form, 'getattr(request, "cross_origin", False)', "False")
