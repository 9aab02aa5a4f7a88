"""A whole body is what JSON makes of it, whatever type is annotated."""

import json

from mutation import replace
from utilmeta.core.request.body import binding

binding.json = json
replace(binding.json_taker, 'validate(b"[%s]" % content if alone else content)', "json.loads(content)")
