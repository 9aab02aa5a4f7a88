"""The dicts, lists and sets of a configuration are as they were given."""

from mutation import replace
from utilmeta.conf import immutable

VARIANTS = ("flask-sync",)

replace(immutable.frozen, "if kind in CHANGES:", "if True:")
