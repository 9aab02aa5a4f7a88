"""What an exception holds of its request, it keeps."""

from utilmeta.core.pipeline import chain, dispatch

for module in (dispatch, chain):
    module.forget = lambda error: None
