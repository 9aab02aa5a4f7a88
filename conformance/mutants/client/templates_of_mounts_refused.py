"""A template in the route of a mount takes no parameters."""

from mutation import replace
from utilmeta.core.cli.declaration import compile_plan

replace(compile_plan, "NAME.findall(template)", "NAME.findall(own)")
