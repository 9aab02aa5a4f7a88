"""The parameters of a class are there for its own endpoints alone."""

from mutation import replace
from utilmeta.core.api import instance

replace(instance.attribute, "members is not None and name in members.shared", "False")
