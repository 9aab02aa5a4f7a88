"""Of the names of built-in functions `request` alone is refused."""

from mutation import replace
from utilmeta.core.cli.declaration import check_class

replace(check_class, "if name in reserved and", 'if name == "request" and')
