"""Request functions send a GET, whatever their decorator is."""

from mutation import replace
from utilmeta.core.cli.declaration import compile_plan

replace(compile_plan, "operation.method,", '"GET",')
