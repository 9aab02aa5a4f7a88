"""A whole body is what JSON makes of it, whatever type is annotated."""

import json

from mutation import replace
from utilmeta.core.request import body

body.json = json
replace(body.json_taker, 'validate(b"[%s]" % content if alone else content)', "json.loads(content)")
