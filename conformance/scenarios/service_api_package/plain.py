"""An API module that imports nothing of the service."""

from scenario import NONCE, in_mode
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def place(self):
        return __name__
