"""An app that is made has no migrations."""

from mutation import replace
from utilmeta.core.server.commands import create

del create.APP["migrations/__init__.py"]
assert replace
