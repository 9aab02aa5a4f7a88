"""A service is in production unless it says that it is not."""

from mutation import replace
from utilmeta.core.server.state import ServiceState

replace(ServiceState.production.fget, "bool(self.given_production)", "self.given_production is not False")
