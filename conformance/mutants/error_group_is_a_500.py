"""A group is an exception like any other."""

from utilmeta.core.response import response
from utilmeta.core.server import dispatch, passage

for module in (response, dispatch, passage):
    module.http_error = lambda error: error
