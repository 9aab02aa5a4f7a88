"""In production nobody is told that any Host is answered."""

from mutation import replace
from utilmeta.core.server.application import compile_serving

replace(compile_serving, "if service.production and service.allowed_hosts is None:", "if False:")
