"""`service.asynchronous` is None until the application is built."""

from utilmeta import UtilMeta

UtilMeta.asynchronous = property(lambda self: self._asynchronous if self._application else None)
