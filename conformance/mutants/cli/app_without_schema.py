"""An app that is made has no schema.py."""

from mutation import replace
from utilmeta.core.server.commands import create

del create.APP["schema.py"]
assert replace
