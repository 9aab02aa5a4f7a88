"""A TypeVar is Any, whatever a subclass says it stands for."""

from mutation import replace
from utilmeta.core.annotations import generic

replace(
    generic.closed,
    "resolved(hint, arguments)",
    "resolved(hint, dict.fromkeys(variables_of(hint, arguments), Any))",
)
