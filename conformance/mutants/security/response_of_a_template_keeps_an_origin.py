"""What CORS adds is added to the endpoint's own object where that is of a template."""

from mutation import replace
from utilmeta.core.api import cors

replace(cors.granting, "copy(response)", "response if response._keys else copy(response)")
