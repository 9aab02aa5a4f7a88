"""A repeated query parameter gives a list of its last value."""

from mutation import replace
from utilmeta.core.request import binding

replace(binding.find, "texts if parameter.many", "texts[-1:] if parameter.many")
