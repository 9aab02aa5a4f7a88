"""The time of a request is that of the look at it."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(Request.time.fget, "datetime.fromtimestamp(self.arrived, timezone.utc)", "datetime.now(timezone.utc)")
