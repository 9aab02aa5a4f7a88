"""Whatever an endpoint returns is put into its template."""

from mutation import replace
from utilmeta.core.response.template import shape

replace(
    shape,
    "if isinstance(result, Response):\n        return result",
    "if isinstance(result, Response):\n        result = result.content",
)
