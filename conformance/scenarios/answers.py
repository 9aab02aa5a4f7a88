"""The API of answering.py as a service."""

from answering import RootAPI
from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION
from utilmeta import UtilMeta

service = UtilMeta(
    __name__,
    name="answers",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()
