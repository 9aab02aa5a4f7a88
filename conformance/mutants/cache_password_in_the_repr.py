"""The repr of a configuration shows all of it."""

import pydantic
from utilmeta.conf import Config
from utilmeta.core.cache.base import BaseCache

for configuration in (Config, BaseCache):
    configuration.__repr_args__ = pydantic.BaseModel.__repr_args__
