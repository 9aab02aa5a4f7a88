"""An API module as the page's best practice has it: it imports the service, and nobody imports it but the service."""

import sys

from scenario import NONCE, in_mode
from utilmeta import service
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def same(self):
        from utilmeta import service as current

        constructed = sys.modules["service_api_reference"].service
        return f"{service is constructed} at import, {current is constructed} in the endpoint"
