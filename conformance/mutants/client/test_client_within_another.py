"""A test client within another one starts the service once more."""

from mutation import replace
from utilmeta.core.server.inside.clients import Started

replace(Started.open, "if service._started or service._state.lifecycle.lives:", "if service is None:")
