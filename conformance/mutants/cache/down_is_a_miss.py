"""A cache that is down has no value for anything, and nobody hears of it."""

import contextlib

from utilmeta.core.cache import failure


@contextlib.contextmanager
def naming(alias, address):
    with contextlib.suppress(*failure.failures()):
        yield


failure.naming = naming
