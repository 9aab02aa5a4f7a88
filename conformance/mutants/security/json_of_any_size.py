"""JSON is taken up to the size of any body."""

from mutation import replace
from utilmeta.core.server.application import compile_serving

replace(compile_serving, "min(service.max_json_size, service.max_body_size)", "service.max_body_size")
