"""The status of an error is 500, whatever it is answered with."""

from mutation import replace
from utilmeta.core.response.error import Error

replace(Error.status.fget, "status_of(self.exception)", "500")
