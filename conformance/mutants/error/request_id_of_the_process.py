"""The request id is one for all requests of a process."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(Request.id.fget, "os.urandom(16).hex()", 'f"{os.getpid():032x}"')
