"""A service without `api`."""

from scenario import ASYNCHRONOUS, BACKEND
from utilmeta import UtilMeta

service = UtilMeta(__name__, name="empty", backend=BACKEND, asynchronous=ASYNCHRONOUS)

app = service.application()
