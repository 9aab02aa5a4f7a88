"""The `on_shutdown` of a configuration is not called."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_serving, '"shutdown", "on_shutdown"', '"shutdown"')
