"""In a set no text is a member of a Literal or Enum of numbers."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(
    binding.compile_set,
    "model.adapter.texts",
    "model.adapter",
)
