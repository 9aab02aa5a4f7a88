"""An exception that nobody handles is the client's fault: a 400, a failed lookup a 404."""

from utilmeta.core.response.problem import BUILT_IN

BUILT_IN[LookupError] = 404
BUILT_IN[Exception] = 400
