"""The error of a missing argument does not say which it is."""

from mutation import replace
from utilmeta.core.cli.parameters import checked

replace(checked, "the argument {name!r} is missing", "an argument is missing")
