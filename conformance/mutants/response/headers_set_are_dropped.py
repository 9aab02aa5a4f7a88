"""What is set in the headers of a Response is not sent."""

from mutation import replace
from utilmeta.core.response.headers import ResponseHeaders

replace(ResponseHeaders.__setitem__, "self.fields[place:] = ", "_ = ")
