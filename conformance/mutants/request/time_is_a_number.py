"""The time of a request is the seconds since 1970."""

from mutation import replace
from utilmeta.core.request.request import Request

replace(Request.time.fget, "datetime.fromtimestamp(self.arrived, timezone.utc)", "self.arrived")
