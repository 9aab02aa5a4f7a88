"""An urlencoded form may have any number of fields."""

from mutation import replace
from utilmeta.core.request.body.form import parse_urlencoded

replace(parse_urlencoded, 'if body.count(b"&") >= MAX_FIELDS:', "if False:")
