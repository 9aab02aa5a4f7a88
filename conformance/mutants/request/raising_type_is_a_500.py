"""What a type of pydantic raises for a value is a 500."""

from mutation import replace
from utilmeta.core.request.schemas import pydantic_guard

replace(
    pydantic_guard.guarded,
    'schema["type"] not in FUNCTIONS',
    "True",
)
