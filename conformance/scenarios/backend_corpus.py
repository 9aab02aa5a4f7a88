"""The API of backend_corpus_api.py as a service."""

from backend_corpus_api import RootAPI
from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION
from utilmeta import UtilMeta

service = UtilMeta(
    __name__,
    name="backend_corpus",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)

app = service.application()
