"""The root route is never strict, whatever the preference."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_service, "strict=preference.strict_root_route", "strict=False")
