"""A group is an exception like any other."""

from utilmeta.core.pipeline import chain, dispatch
from utilmeta.core.response import response

for module in (response, dispatch, chain):
    module.http_error = lambda error: error
