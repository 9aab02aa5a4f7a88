"""A file in place of a text is told, and then that the text is missing."""

from mutation import replace
from utilmeta.core.request.body import binding

replace(
    binding.fields_taker,
    "parameter.key not in content.files",
    "content.files is not None",
)
