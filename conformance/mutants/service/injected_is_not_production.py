"""A service with an injected application is not in production unless it says so, whatever the application's flag."""

from mutation import replace
from utilmeta.core.server.state import ServiceState

replace(ServiceState.production.fget, "self.given_production is None and self.natives", "False")
