"""JSON may be nested a hundred arrays deep."""

from mutation import replace
from utilmeta.core.request.body.json import parse_json

replace(
    parse_json,
    "    try:\n",
    '    if body.count(b"[") > 100:\n        raise unparsable("it is nested too deep")\n    try:\n',
)
