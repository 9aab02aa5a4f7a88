"""A service without `api`."""

from scenario import ASYNCHRONOUS, BACKEND, PRODUCTION
from utilmeta import UtilMeta

service = UtilMeta(__name__, name="empty", backend=BACKEND, asynchronous=ASYNCHRONOUS, production=PRODUCTION)

app = service.application()
