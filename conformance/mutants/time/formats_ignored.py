"""The formats of the service's Time are not asked for: the default ones shape everything."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_serving, "service.get_config(Time) or Time.unused()", "Time()")
