"""An API module as the page's best practice has it: it imports the service, and nobody imports it but the service."""

from scenario import NONCE, in_mode
from utilmeta import service
from utilmeta.core import api

name_at_import = service.name


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def place(self):
        return __name__

    @api.get
    @in_mode
    def name(self):
        from utilmeta import service as current

        return {"at import": name_at_import, "in the endpoint": current.name}
