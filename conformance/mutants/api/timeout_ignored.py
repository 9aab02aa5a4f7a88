"""The time-out of an endpoint is for its documentation."""

from mutation import replace
from utilmeta.core.pipeline.call import Calls

replace(Calls.make, "if seconds is not None:", "if False:")
