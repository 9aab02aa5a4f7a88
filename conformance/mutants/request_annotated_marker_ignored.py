"""A marker in Annotated is nothing but a note."""

from mutation import replace
from utilmeta.core.request import binding

replace(binding.marker_of, "for extra in extras(annotation):", "for extra in ():")
