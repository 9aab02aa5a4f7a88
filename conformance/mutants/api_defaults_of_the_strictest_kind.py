"""A default is of its type to the letter: no tuple is a list."""

from mutation import replace
from utilmeta.core.request import default

replace(default.is_same, "return list(default) == list(converted)", "return False")
