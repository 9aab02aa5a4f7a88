"""The CORS of a base class stands before that of the subclass."""

from mutation import replace
from utilmeta.core.api import cors

replace(
    cors.cors,
    "(each := getattr(cls, CORS_POLICY, None))",
    "(each := next((vars(base)[CORS_POLICY] for base in reversed(cls.__mro__) if CORS_POLICY in vars(base)), None))",
)
