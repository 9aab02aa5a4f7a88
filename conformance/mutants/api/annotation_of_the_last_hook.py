"""Of the after hooks of a class the annotation of the last one counts."""

from mutation import replace
from utilmeta.core.api.hook_resolution import EndpointHooks

replace(EndpointHooks.templates.fget, "found.setdefault(hook.api, template)", "found[hook.api] = template")
