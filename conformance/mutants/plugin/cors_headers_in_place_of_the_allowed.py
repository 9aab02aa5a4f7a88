"""Where headers are parameters, preflights grant these in place of allow_headers."""

from mutation import replace
from utilmeta.core.api.cors import CORS

replace(CORS.compile_preflight, "(*declared, *self.headers)", "(declared or self.headers)")
