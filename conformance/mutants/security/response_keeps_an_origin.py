"""What CORS adds is added to the endpoint's own object."""

from mutation import replace
from utilmeta.core.api import cors

replace(cors.granting, "copy(response)", "response")
