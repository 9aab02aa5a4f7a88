"""The CORS of a base class is not that of its subclasses."""

from mutation import replace
from utilmeta.core.api import cors

replace(cors.cors, "getattr(cls, CORS_POLICY, None)", "vars(cls).get(CORS_POLICY)")
