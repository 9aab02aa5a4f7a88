"""A method that the framework does not know is refused by the framework, in its own words."""

from tornado.web import RequestHandler
from utilmeta.core.server.backends.tornado import Endpoint

VARIANTS = ("tornado-async",)

Endpoint.SUPPORTED_METHODS = RequestHandler.SUPPORTED_METHODS
Endpoint.write_error = RequestHandler.write_error
