"""adapt() drops the applications that a service mounts."""

from mutation import replace
from utilmeta.core.server import embed

replace(embed.attach_below, "if state.foreign:", "if False:")
