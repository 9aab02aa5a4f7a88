"""Applications of others mounted in a service, whose root is nothing else: a WSGI and an ASGI one on starlette.

python mounted.py
curl http://127.0.0.1:8000/wsgi/old; curl http://127.0.0.1:8000/asgi/old
"""

import os

import native_fastapi
import native_flask
from utilmeta import UtilMeta

service = UtilMeta(
    __name__,
    name="mounted",
    backend="starlette",
    port=int(os.environ["MIGRATION_PORT"]) if "MIGRATION_PORT" in os.environ else None,
)
service.mount(native_flask.app, "/wsgi")
service.mount(native_fastapi.app, "/asgi")
app = service.application()

if __name__ == "__main__":
    service.run()
