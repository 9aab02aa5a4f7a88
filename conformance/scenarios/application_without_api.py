"""A service that is given no `api`."""

from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION
from utilmeta import UtilMeta

service = UtilMeta(
    __name__, name="application_without_api", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=PRODUCTION
)

app = service.application()
