"""A service of the API in backend_corpus_api.py, which the corpus of BACKEND-7 is sent to."""

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
