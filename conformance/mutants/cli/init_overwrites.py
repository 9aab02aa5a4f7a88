"""Files that are there are written anew."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.write, "if there:", "if not files:")
replace(create.write, 'open(file, "x"', 'open(file, "w"')
