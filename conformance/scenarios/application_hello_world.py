"""The page's Hello World: one endpoint under /api and no other, which answers no nonce."""

from scenario import ASYNCHRONOUS, BACKEND, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def hello(self):
        return "world"


service = UtilMeta(__name__, name="demo", backend=BACKEND, asynchronous=ASYNCHRONOUS, api=RootAPI, route="/api")

app = service.application()

if __name__ == "__main__":
    service.run()
