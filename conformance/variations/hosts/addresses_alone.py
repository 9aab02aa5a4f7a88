"""The host that a service listens to is an IPv4 address, no name; Django answers local names alone in development."""

import ipaddress

from utilmeta import UtilMeta

LEVEL = "page"
BREAKS = "above"
VARIANTS = (
    "django-sync", "django-async", "flask-sync", "flask-async", "starlette-sync", "starlette-async", "fastapi-sync",
    "fastapi-async", "sanic-sync", "sanic-async", "tornado-sync", "tornado-async",
)  # fmt: skip
LOCAL = ["localhost", "127.0.0.1", "[::1]"]
original = UtilMeta.__init__


def construct(self, *arguments, host=None, **options):
    if host is not None:
        ipaddress.IPv4Address(host)
        options["host"] = host
        backend = getattr(options.get("backend"), "__name__", options.get("backend"))
        if backend == "django" and host != "0.0.0.0" and not options.get("production"):
            options["allowed_hosts"] = LOCAL
    original(self, *arguments, **options)


UtilMeta.__init__ = construct
