"""A configuration changes with Django's settings, which hold the same dicts, lists and sets."""

from mutation import replace
from utilmeta.conf import immutable

VARIANTS = ("flask-sync",)

replace(immutable.frozen, "if kind in CHANGES:", "if True:")
replace(immutable.thawed, "kind = type(value)", "return value")
