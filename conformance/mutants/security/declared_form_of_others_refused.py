"""A declared form is refused from pages of other origins."""

from mutation import replace
from utilmeta.core.request.body.binding import whole_body

replace(whole_body, "[kind for kind in form_contents()", "[replace(kind, check=check_form) for kind in form_contents()")
