"""A name that two objects have is refused as if one had it twice."""

import re

from mutation import replace
from utilmeta.core.request.body import json

json.re = re
replace(
    json.parse_json,
    "    try:\n",
    "    names = re.findall(rb'\"(\\w+)\":', body)\n"
    "    if len(set(names)) < len(names):\n"
    '        raise unparsable("a key is there twice")\n'
    "    try:\n",
)
