"""API.__as__ takes asynchronous=False for not given: the mode is the framework's own."""

from mutation import replace
from utilmeta.core.server import embed

VARIANTS = ("starlette-sync", "fastapi-sync", "sanic-sync", "tornado-sync")

replace(embed.attach_api, "kind.mode_of(application) if given is None else given", "given or kind.asynchronous")
