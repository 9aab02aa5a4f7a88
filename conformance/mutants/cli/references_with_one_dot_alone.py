"""A reference module.name of meta.ini leads nowhere where the module is in a package."""

from mutation import replace
from utilmeta.core.server import reference

replace(reference.split, "reference.rpartition(", "reference.partition(")
