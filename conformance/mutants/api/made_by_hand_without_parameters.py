"""The parameters of a class are there for its own endpoints alone."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.attribute, "value = single(cls, name, in_path=name in values)(request, values)[name]", "return None")
