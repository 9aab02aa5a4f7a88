"""A group is an exception like any other."""

from utilmeta.core.pipeline import error_handlers, responder
from utilmeta.core.response import response

for module in (response, responder, error_handlers):
    module.http_error = lambda error: error
