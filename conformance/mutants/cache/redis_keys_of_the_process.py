"""Each process has keys of its own in the Redis that all share."""

from mutation import replace
from utilmeta.core.cache.base import BaseCache

replace(BaseCache.settings.fget, '"KEY_PREFIX": self.key_prefix', '"KEY_PREFIX": str(__import__("os").getpid())')
