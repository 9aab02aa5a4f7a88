"""Parameters whose names begin with `_` are sent."""

from mutation import replace
from utilmeta.core.cli.parameters import compile_sent

replace(compile_sent, 'if name.startswith("_"):', "if False:")
