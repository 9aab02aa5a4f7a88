"""A request target in absolute form is known by `http://` alone."""

from mutation import replace
from utilmeta.core.request.servers.wsgi import WSGIRequest

VARIANTS = ("flask-sync", "flask-async", "django-sync")

replace(WSGIRequest.__init__, 'target[0] != "/" and "://" in target', 'target.startswith("http://")')
