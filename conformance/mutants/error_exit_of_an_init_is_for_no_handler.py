"""Where `__init__` raises what is no Exception, no handler gets it."""

from mutation import replace
from utilmeta.core.server.passage import Instances

replace(Instances.make, "except BaseException:", "except Exception:")
