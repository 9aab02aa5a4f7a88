"""For an argument that is given as None the default is sent (CLIENT-10)."""

from mutation import replace
from utilmeta.core.cli import parameters

replace(
    parameters.checked,
    "value = options.pop(name, UNSET)",
    "value = options.pop(name, UNSET)\n"
    "        if value is None and parameter.default is not UNSET:\n"
    "            value = UNSET",
)
