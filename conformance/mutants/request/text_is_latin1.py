"""A text of the body is Latin-1."""

from mutation import replace
from utilmeta.core.request.body.content import decode_text

replace(decode_text, "codec_of(content_type)", '"latin-1"')
