"""A service warns of something harmless when it is built."""

import warnings

from utilmeta.core.server.service import UtilMeta

LEVEL = "full"
original = UtilMeta.application


def application(self):
    if self._application is None:
        warnings.warn("acme: a newer version is available", UserWarning, stacklevel=2)
    return original(self)


UtilMeta.application = application
