"""Startup and shutdown methods that a configuration inherits from another of the user are not called."""

from mutation import replace
from utilmeta.core.server import application

replace(
    application.overridden,
    "if (hook := getattr(type(config), name)) is not getattr(Config, name)",
    "if (hook := vars(type(config)).get(name)) is not None",
)
