"""The limit of JSON is that of bodies of every type."""

from mutation import replace
from utilmeta.core.server.application import compile_serving

replace(compile_serving, "max_body_size=service.max_body_size", "max_body_size=json.size")
