"""Of two members of an object with one name the last counts."""

from mutation import replace
from utilmeta.core.request.body.json import parse_json

replace(parse_json, "catch_duplicate_keys=True", "catch_duplicate_keys=False")
