"""Single fields are taken from JSON alone."""

from mutation import replace
from utilmeta.core.request.body.binding import body_fields

replace(body_fields, "[json_content(), urlencoded_content(), multipart_content()]", "[json_content()]")
