"""A page of the API's own host may not use it."""

from mutation import replace
from utilmeta.core.api.cors import CORS

replace(CORS.decide, "or (not self.any and own(origin, request))", "")
