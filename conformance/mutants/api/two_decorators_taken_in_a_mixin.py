"""Two decorators above one function are refused in an API class, and not in a base that is none."""

from mutation import replace
from utilmeta.core.api.declaration import API

replace(API.__init_subclass__, "isinstance(value, AtPathOf)", "isinstance(value, AtPathOf) and name in vars(cls)")
