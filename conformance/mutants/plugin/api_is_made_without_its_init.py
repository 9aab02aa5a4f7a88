"""What `__init__` of an API raises is dropped where a plugin takes the API."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

replace(hook_middleware.plugin_call, 'instances.make if name == "process_request" else ', "")
