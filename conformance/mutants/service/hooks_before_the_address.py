"""The startup hooks run before the address is bound."""

from mutation import replace
from utilmeta.core.server.run import run

replace(
    run,
    "sockets = adapter.listen(host, port)",
    "state.lifecycle.start(); sockets = adapter.listen(host, port)",
)
