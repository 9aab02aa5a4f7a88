"""The `timeout` of a decorator changes nothing."""

from mutation import replace
from utilmeta.core.cli.declaration import compile_plan

replace(compile_plan, "operation.timeout,", "None,")
