"""The path of a cookie that has none is cut at the last slash of the URL, maybe one of the query (CLIENT-g35)."""

from mutation import replace
from utilmeta.core.cli.transport import cookies

replace(
    cookies.parsed,
    'path = parts.path.rpartition("/")[0] or "/"',
    'path = f"{parts.path}?{parts.query}".rpartition("/")[0] or "/"',
)
