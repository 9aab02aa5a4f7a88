"""A mapping that is a header is empty."""

from mutation import replace
from utilmeta.core.request.parameters.json_header import parsed

replace(parsed, "parse_json(text.encode())", "{}")
