"""What an exception holds of its request, it keeps."""

from utilmeta.core.server import dispatch, passage

for module in (dispatch, passage):
    module.forget = lambda error: None
