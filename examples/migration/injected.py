"""A service whose backend is an application that was there before: its routes stay, also at `/`.

MIGRATION_BACKEND=sanic python injected.py
curl http://127.0.0.1:8000/old; curl http://127.0.0.1:8000/api/now
"""

import importlib
import os

from utilmeta import UtilMeta
from utilmeta.core import api

BACKEND = os.environ.get("MIGRATION_BACKEND", "starlette")
native = importlib.import_module(f"native_{BACKEND}")


class RootAPI(api.API):
    @api.get
    def now(self) -> str:
        return self.request.time.date().isoformat()


service = UtilMeta(
    __name__,
    name="injected",
    backend=native.application,
    port=int(os.environ["MIGRATION_PORT"]) if "MIGRATION_PORT" in os.environ else None,
    api=RootAPI,
    route="/api",
)
app = service.application()

if __name__ == "__main__":
    service.run()
