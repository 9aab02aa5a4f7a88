"""No text is a member of a Literal or Enum of numbers."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(
    binding.compile_parameter,
    "adapter = adapter.texts",
    "adapter = adapter  # as in JSON",
)
