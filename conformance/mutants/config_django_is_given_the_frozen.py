"""Django's settings are the very values of the configurations."""

from mutation import replace
from utilmeta.conf import unchanging

VARIANTS = ("flask-sync",)

replace(unchanging.thawed, "kind = type(value)", "return value")
