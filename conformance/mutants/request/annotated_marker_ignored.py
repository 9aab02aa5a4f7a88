"""A marker of a single value, in Annotated, is nothing but a note."""

from mutation import replace
from utilmeta.core.request.parameters import binding

replace(
    binding.marker_of,
    "(marker := as_marker(extra, in_path, label)) is not None",
    "(marker := as_marker(extra, in_path, label)) is not None and (marker.whole or marker.place == 'body')",
)
