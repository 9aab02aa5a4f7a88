"""Whatever an endpoint returns is put into its template."""

from mutation import replace
from utilmeta.core.response.template import shaper

replace(
    shaper,
    "result if isinstance(result, Response) else chosen(result)",
    "chosen(result.content) if isinstance(result, Response) else chosen(result)",
)
