"""That any Host is answered is told at every request."""

from mutation import replace
from utilmeta.core.server import dispatch
from utilmeta.core.server.speech import tell

dispatch.tell = tell
replace(
    dispatch.compile_handle,
    "if hosts is not None:",
    'if hosts is None:\n                tell(30, "no allowed_hosts")\n            else:',
)
