"""A download that breaks is the file."""

from mutation import replace
from utilmeta.core.cli.streams.body import Body
from utilmeta.core.cli.streams.download import write

replace(Body.read, "raise failed from error", "return b''")
replace(write, "if total is not None and have != total:", "if False:")
