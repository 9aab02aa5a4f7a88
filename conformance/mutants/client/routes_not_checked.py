"""A name in the route needs no parameter."""

from mutation import replace
from utilmeta.core.cli.parameters import compile_sent

replace(compile_sent, "if missing:", "if False:")
