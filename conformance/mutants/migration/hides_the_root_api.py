"""A mounted application may hide the root API."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_service, 'if other.route != "/" and', "if other.route is None and")
