"""Parameters of Sanic.run that the service has a value of its own for are taken by run(), and have no effect."""

from mutation import replace
from utilmeta.core.server.backends.sanic import SanicAdapter

VARIANTS = ("sanic-async", "sanic-sync")

replace(
    SanicAdapter.run,
    '{"motd": False, "single_process": single, "protocol": strict, **options}',
    '{**options, "motd": False, "single_process": single, "protocol": strict}',
)
