"""What stands between two chunks is read over."""

from mutation import replace
from utilmeta.core.server.backends.http_handler import Chunks
from utilmeta.core.server.backends.sanic_http import StrictHttp

VARIANTS = ("flask-sync", "sanic-sync", "sanic-async")

replace(
    Chunks.begin_chunk,
    'if self.begun and self.stream.read(2) != b"\\r\\n" else',
    "if self.begun and not self.stream.read(2) else",
)
replace(StrictHttp.check_chunk, 'or buffer[:2] != b"\\r\\n" or', "or")
