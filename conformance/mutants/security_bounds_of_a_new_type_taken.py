"""A NewType has every bound."""

from mutation import replace
from utilmeta.core.request import adapter, constraint

adapter.checked = lambda schema, label: schema
replace(constraint.kinds, "annotation = unnamed(annotation)", "pass")
