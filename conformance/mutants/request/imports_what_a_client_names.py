"""A parameter may be a type that imports what a client names."""

from mutation import replace
from utilmeta.core.request.schemas import pydantic_guard

replace(pydantic_guard.guarded, 'if getattr(function, "__name__", "") == "import_string":', "if False:")
