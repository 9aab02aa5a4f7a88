"""A body without a Content-Length is taken for an empty object of JSON."""

from mutation import replace
from utilmeta.core.request.servers.wsgi import WSGIRequest

replace(WSGIRequest.read_body, "before + read_all(stream, limit, len(before))", 'b"{}"')
