"""Every hook, and the endpoint, has an instance of its own."""

from mutation import replace
from utilmeta.core.pipeline.request_state import Instances

replace(Instances.make, "if made is None:", "if True:")
