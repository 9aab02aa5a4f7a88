"""A server that does not decode chunks takes them for the next request, because the connection is kept."""

from mutation import replace
from utilmeta.core.request.servers.wsgi import WSGIRequest

VARIANTS = ("django-sync",)

replace(WSGIRequest.unframed.fget, ".isdigit() or (", ".isdigit() or False and (")
