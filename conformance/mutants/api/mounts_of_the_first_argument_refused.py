"""A class within an annotation is seen only as its first argument."""

from mutation import replace
from utilmeta.core.api import declaration_check

replace(declaration_check.classes_in, "in get_args(hint):", "in get_args(hint)[:1]:")
