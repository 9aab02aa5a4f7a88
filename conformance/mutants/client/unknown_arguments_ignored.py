"""Arguments that a request function does not have are ignored."""

from mutation import replace
from utilmeta.core.cli.parameters import checked

replace(checked, "    if options:", "    if False:")
