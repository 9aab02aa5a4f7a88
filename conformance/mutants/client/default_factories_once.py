"""A default_factory of a request function's parameter is called once, and its value sent for ever (CLIENT-g2)."""

from mutation import replace
from utilmeta.core.cli import parameters

replace(
    parameters.checked,
    "found[name] = default.make() if isinstance(default, DefaultFactory) else default",
    "if isinstance(default, DefaultFactory):\n"
    "                default = vars(checked).setdefault((id(parameter), name), default.make())\n"
    "            found[name] = default",
)
