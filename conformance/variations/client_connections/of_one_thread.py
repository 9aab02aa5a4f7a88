"""A client is for the thread that uses it first."""

import threading

from utilmeta.core.cli.client import Client

LEVEL = "guides"
BREAKS = {"CLIENT-1c"}
original = Client._made


def made(self, *arguments, **options):
    thread = threading.get_ident()
    if self.__dict__.setdefault("acme_thread", thread) != thread:
        raise RuntimeError("this client is used in another thread")
    return original(self, *arguments, **options)


Client._made = made
