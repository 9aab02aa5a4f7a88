"""The library is the preferred one, whatever `backend` says."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client.__init__,
    "preference().client_default_request_backend if backend is None else backend",
    "preference().client_default_request_backend",
)
