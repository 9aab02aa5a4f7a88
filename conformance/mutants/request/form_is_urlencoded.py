"""A whole form is taken urlencoded alone."""

from mutation import replace
from utilmeta.core.request.body.binding import whole_body

replace(whole_body, "(urlencoded_content(), multipart_content())", "(urlencoded_content(),)")
