"""A configuration is found by its own class and no base of it."""

from mutation import replace
from utilmeta.core.server.state import ServiceState

replace(ServiceState.get_config, "isinstance(config, cls)", "type(config) is cls")
