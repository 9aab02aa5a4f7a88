"""A whole form is taken urlencoded alone."""

from mutation import replace
from utilmeta.core.request.body.binding import whole_body

replace(whole_body, "for kind in form_contents() if", "for kind in form_contents()[:1] if")
