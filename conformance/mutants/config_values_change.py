"""The dicts, lists and sets of a configuration are as they were given."""

from mutation import replace
from utilmeta.conf import unchanging

VARIANTS = ("flask-sync",)

replace(unchanging.frozen, "if kind in CHANGES:", "if True:")
