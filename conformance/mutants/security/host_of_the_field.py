"""A request target in absolute form leaves the Host field as it is."""

from mutation import replace
from utilmeta.core.request.servers.wsgi import WSGIRequest

VARIANTS = ("flask-sync", "flask-async", "django-sync")

replace(WSGIRequest.__init__, 'target[0] != "/" and', "False and")
