"""Headers that are parameters are granted where others are allowed, and not with allow_headers=()."""

from mutation import replace
from utilmeta.core.api.cors import CORS

replace(CORS.compile_preflight, "(self.headers or declared)", "self.headers")
