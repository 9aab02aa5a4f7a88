"""The data of a request is taken for JSON, whatever its content type."""

from mutation import replace
from utilmeta.core.request.body.content import parse_content

replace(parse_content, "if is_json(kind):", "if True:")
