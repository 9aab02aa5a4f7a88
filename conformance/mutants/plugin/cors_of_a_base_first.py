"""The CORS of a base class stands before that of the subclass."""

from mutation import replace
from utilmeta.core.api import cors

replace(
    cors.cors,
    '(each := getattr(cls, "__cors__", None))',
    '(each := next((vars(base)["__cors__"] for base in reversed(cls.__mro__) if "__cors__" in vars(base)), None))',
)
