"""In place of the framework's request there is the environ or scope that its server gave."""

from utilmeta.core.request.request import Request
from utilmeta.core.request.servers.connection import Adaptor

VARIANTS = ("django-sync", "flask-sync", "fastapi-async")  # where the two are not one

Request.adaptor = property(lambda request: Adaptor(request.native))
