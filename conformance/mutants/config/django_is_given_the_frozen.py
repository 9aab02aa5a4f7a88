"""Django's settings are the very values of the configurations."""

from mutation import replace
from utilmeta.conf import immutable

VARIANTS = ("flask-sync",)

replace(immutable.thawed, "kind = type(value)", "return value")
