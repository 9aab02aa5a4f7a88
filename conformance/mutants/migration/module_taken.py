"""adapt() with a route alone does nothing where the backend is a module."""

from mutation import replace
from utilmeta.core.server import embed

replace(embed.attach, "return adapter, adapter.route(handle)", "return adapter, None")
