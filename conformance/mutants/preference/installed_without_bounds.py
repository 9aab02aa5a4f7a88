"""The newest release of a missing dependency is installed, whatever it is."""

from mutation import replace
from utilmeta.core.server import dependency

replace(dependency.require, "requirement = REQUIREMENTS[module]", "requirement = module")
