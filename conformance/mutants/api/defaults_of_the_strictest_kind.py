"""A default is of its type to the letter: no tuple is a list."""

from mutation import replace
from utilmeta.core.request.parameters import default_check

replace(default_check.is_same, "return list(default) == list(converted)", "return False")
