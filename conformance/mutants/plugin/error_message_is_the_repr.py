"""The message of an error is its exception as Python shows it."""

from mutation import replace
from utilmeta.core.response.error import Error

replace(Error.message.fget, 'text_of(self.exception) or ""', "repr(self.exception)")
