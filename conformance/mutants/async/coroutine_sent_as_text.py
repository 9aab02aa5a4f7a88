"""A result that has no JSON is sent as the text that `str` makes of it, a coroutine too."""

from mutation import replace
from utilmeta.core.response import encoding

replace(encoding.left, "refuse(value) if is_lazy(value) else pydantic_core.to_jsonable_python(value)", "str(value)")
