"""A Body takes JSON and urlencoded forms, and none of multipart."""

from mutation import replace
from utilmeta.core.request.body.binding import whole_body

replace(whole_body, "for form in form_contents()]", "for form in form_contents()[:1]]")
