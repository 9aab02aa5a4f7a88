"""What a type of pydantic raises for a value is a 500."""

from mutation import replace
from utilmeta.core.request.schemas import guard

replace(
    guard.guarded,
    'schema["type"] not in FUNCTIONS',
    "True",
)
