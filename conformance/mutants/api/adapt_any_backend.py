"""adapt() takes the application of another backend, and does with it what it can."""

from mutation import replace
from utilmeta.core.server import embed

replace(embed.attach_service, "if kind is not state.adapter_class:", "if False:")
