"""A service takes a third of a second longer to start."""

import time

from utilmeta.core.server.service import UtilMeta

LEVEL = "full"
original = UtilMeta.application


def application(self):
    if self._application is None:
        time.sleep(0.3)
    return original(self)


UtilMeta.application = application
