"""application() returns what a WSGI server calls, not the framework's application."""

from mutation import replace
from utilmeta.core.server.service import UtilMeta

VARIANTS = ("flask-sync",)

replace(UtilMeta.application, "return self._application", "return self._application.wsgi_app")
