"""A small service whose backend is given as SCENARIO_FORM says: as `module`, `name` or `application`."""

import importlib
import os

import native_framework
from scenario import ASYNCHRONOUS, BACKEND, NONCE, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api

FORMS = {"name": str, "module": importlib.import_module, "application": native_framework.application}


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = UtilMeta(
    __name__,
    name="given",
    backend=FORMS[os.environ["SCENARIO_FORM"]](BACKEND),
    asynchronous=ASYNCHRONOUS,
    api=RootAPI,
    route="/api",
)

app = service.application()
