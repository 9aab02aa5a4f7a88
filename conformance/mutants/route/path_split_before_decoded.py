"""A path is split first and its segments are decoded after that."""

from urllib.parse import unquote_to_bytes

from mutation import replace
from utilmeta.core.request.servers.asgi import ASGIRequest
from utilmeta.core.routing import table

VARIANTS = ("starlette-async",)  # a WSGI server has decoded it already

table.unquote_to_bytes = unquote_to_bytes
replace(ASGIRequest.path_bytes, 'unquote_to_bytes(self.raw_path.encode("latin-1"))', 'self.raw_path.encode("latin-1")')
replace(
    table.RouteTable.find,
    "split_path(decode_path(path))",
    "[decode_path(unquote_to_bytes(segment)) for segment in split_path(decode_path(path))]",
)
