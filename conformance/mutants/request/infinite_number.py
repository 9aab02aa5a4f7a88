"""A number that is past all doubles is infinite."""

from mutation import replace
from utilmeta.core.request.body.json import parse_json

replace(parse_json, "if may_overflow(body):", "if False:")
