"""The message of an error is its exception as Python shows it."""

from mutation import replace
from utilmeta.core.response.error import Error

replace(Error.message.fget, "str(self.exception)", "repr(self.exception)")
