"""A Body without a content type takes JSON alone."""

from mutation import replace
from utilmeta.core.request.body.binding import whole_body

replace(whole_body, "form_model(body) if takes_form", "None if takes_form")
