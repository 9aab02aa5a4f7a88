"""A parameter is sent under its own name, whatever its alias is."""

from mutation import replace
from utilmeta.core.cli.parameters import putter

replace(putter, "name = parameter.sent_as", "name = parameter.name")
