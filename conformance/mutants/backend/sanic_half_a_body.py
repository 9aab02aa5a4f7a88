"""What has come of a body when its client leaves is taken for the whole, as Sanic itself does under an ASGI server."""

from mutation import replace
from utilmeta.core.request.servers import asgi

VARIANTS = ("sanic-sync", "sanic-async")

replace(asgi.received, "raise left()", "break")
