"""A service has two threads and some open files of its own."""

import os
import threading
import time

from utilmeta.core.server.service import UtilMeta

LEVEL = "full"
original = UtilMeta.application
kept = []


def application(self):
    if self._application is None:
        kept.extend(os.open(os.devnull, os.O_RDONLY) for _ in range(8))
        for number in range(2):
            threading.Thread(target=wait, name=f"acme-{number}", daemon=True).start()
    return original(self)


def wait():
    while True:
        time.sleep(0.5)


UtilMeta.application = application
