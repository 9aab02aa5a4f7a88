"""The `on_startup` of a configuration is not called."""

from mutation import replace
from utilmeta.core.server import application

replace(application.compile_serving, '"startup", "on_startup"', '"startup"')
