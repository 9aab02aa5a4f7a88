"""Of a Cookie header only the first pair is found: the others' names keep the space before them."""

from mutation import replace
from utilmeta.core.request import text

replace(text.parse_cookies, "(name := name.strip())", "name")
