"""What CORS adds is added to the endpoint's own object."""

from mutation import replace
from utilmeta.core.server import call

replace(call.granting, "copy(shape(None, result))", "shape(None, result)")
