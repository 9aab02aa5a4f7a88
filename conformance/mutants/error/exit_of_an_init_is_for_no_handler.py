"""Where `__init__` raises what is no Exception, no handler gets it."""

from mutation import replace
from utilmeta.core.pipeline.request_state import Instances

replace(Instances.make, "except BaseException:", "except Exception:")
