"""A shared parameter that a subclass sets to None, which its base marks in its annotation, is one of that default."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.read, "elif marked and value is None:", "elif marked and value is None and False:")
