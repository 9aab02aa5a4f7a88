"""The api.py of an app that is made uses a name that it does not import."""

from mutation import replace
from utilmeta.core.server.commands import create

create.APP["api.py"] = create.APP["api.py"].replace("from utilmeta.core import api\n", "")
assert replace
