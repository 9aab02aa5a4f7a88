"""JSON is taken up to its own limit, whatever that of bodies is."""

from mutation import replace
from utilmeta.core.server.application import compile_serving

LARGER = "max_body_size=max(service.max_body_size, service.max_json_size)"

replace(compile_serving, "min(service.max_json_size, service.max_body_size)", "service.max_json_size")
replace(compile_serving, "max_body_size=service.max_body_size", LARGER)
