"""An engine that is given by its path keeps pickles, whatever the serializer is."""

from mutation import replace
from utilmeta.core.cache.cache import Cache

replace(Cache.path.fget, 'self.serializer == "json"', 'self.serializer == "json" and self.engine != self.django_path')
