"""A form of another origin is refused where CORS allows every origin."""

from mutation import replace
from utilmeta.core.api.cors import CORS

replace(CORS.grant, "request.cross_origin = True", "request.cross_origin = not self.any")
