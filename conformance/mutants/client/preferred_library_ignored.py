"""Without `backend` the library is urllib, whatever is preferred."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.__init__, "preference().client_default_request_backend if", '"urllib" if')
