"""Where the plain Response is the first of a Union no template behind it is taken (CLIENT-g12)."""

from mutation import replace
from utilmeta.core.cli import template

replace(
    template.compile_returns,
    "            plain = True\n",
    "            plain = True\n            if not templates:\n                break\n",
)
