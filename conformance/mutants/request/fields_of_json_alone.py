"""Single fields are taken from JSON alone."""

from mutation import replace
from utilmeta.core.request.body.binding import body_fields

replace(body_fields, "[json_content(), *form_contents()]", "[json_content()]")
