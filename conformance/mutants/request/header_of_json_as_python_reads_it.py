"""JSON in a header is what Python's own parser takes."""

from mutation import replace
from utilmeta.core.request.parameters.json_header import parsed

replace(parsed, "parse_json(text.encode())", '__import__("json").loads(text)')
