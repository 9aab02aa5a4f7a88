"""What an after hook annotates is the template of what it returns alone."""

from mutation import replace
from utilmeta.core.api.hook_resolution import EndpointHooks

replace(EndpointHooks.templates.fget, "if template is not None:", "if False:")
