"""The application is of a plain subclass of the framework's class."""

import importlib

LEVEL = "full"
VARIANTS = (
    "flask-sync", "starlette-async", "tornado-async", "fastapi-async", "flask-async", "starlette-sync", "tornado-sync",
    "fastapi-sync",
)  # fmt: skip


def subclassed(adapter, module, name):
    native = getattr(importlib.import_module(module), name)
    own = type(f"Acme{name}", (native,), {})
    build = adapter.build

    def changed(self):
        application = build(self)
        application.__class__ = own
        return application

    adapter.build = changed


for backend, module, name in (
    ("flask", "flask", "Flask"),
    ("starlette", "starlette.applications", "Starlette"),
    ("fastapi", "fastapi", "FastAPI"),
    ("tornado", "tornado.web", "Application"),
):
    try:
        adapters = importlib.import_module(f"utilmeta.core.server.backends.{backend}")
    except ImportError:  # of another backend
        continue
    subclassed(adapters.ADAPTER, module, name)
