"""A lock that its owner leaves by an exception that is no Exception is not given back."""

from mutation import replace
from utilmeta.core.cache.lock import CacheLock

replace(
    CacheLock.__exit__,
    "if not self.release()",
    "if error is not None and not isinstance(error, Exception):\n        return\n    if not self.release()",
)
