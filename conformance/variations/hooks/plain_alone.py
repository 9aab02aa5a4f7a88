"""Hooks of the service are plain functions on Django and Flask, and at shutdown everywhere."""

import inspect

from utilmeta import UtilMeta

LEVEL = "page"
BREAKS = "above"
VARIANTS = (
    "flask-async", "django-async", "starlette-async", "fastapi-async", "sanic-async", "tornado-async",
)  # fmt: skip
refused = []


def refusing(register, backends=None):
    def hook(self, function):
        if inspect.iscoroutinefunction(function) and (backends is None or self.backend in backends):
            refused.append(function.__name__)
        return register(self, function)

    return hook


def application(self):
    if refused:
        raise TypeError(f"an async def as hook: {', '.join(refused)}")
    return build(self)


build = UtilMeta.application
UtilMeta.on_startup = refusing(UtilMeta.on_startup, ("django", "flask"))
UtilMeta.on_shutdown = refusing(UtilMeta.on_shutdown)
UtilMeta.application = application
