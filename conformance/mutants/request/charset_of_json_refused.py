"""JSON is refused if its content type has another charset than UTF-8."""

from mutation import replace
from utilmeta.core.request.body.content import json_text

replace(json_text, "parse_json(body)", 'parse_json(body if codec_of(content_type) == "utf-8" else b"")')
