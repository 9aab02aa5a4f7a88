"""A text is UTF-8, whatever charset its content type has."""

from mutation import replace
from utilmeta.core.request.body.charset import codec_of

replace(codec_of, "if charset is None:", "if True:")
