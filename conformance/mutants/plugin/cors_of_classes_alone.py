"""CORS of an endpoint is ignored, that of its class counts."""

from mutation import replace
from utilmeta.core.api import cors

replace(cors.cors, "of_endpoint(endpoint, CORS_POLICY, None)", "None")
