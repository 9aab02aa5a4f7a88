"""A Content-Length with whitespace around it is as none: the connection is closed after the answer."""

from mutation import replace
from utilmeta.core.request.servers.wsgi import WSGIRequest

VARIANTS = ("flask-sync", "flask-async", "django-sync")

replace(WSGIRequest.unframed.fget, "length.strip(WHITESPACE).isdigit()", "length.isdigit()")
