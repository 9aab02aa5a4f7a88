"""A cache class that has no JSON is taken with serializer="json", and keeps pickles."""

from mutation import replace
from utilmeta.core.cache.cache import Cache

replace(Cache.path.fget, "WITH_JSON[self.django_path]", "WITH_JSON.get(self.django_path, self.django_path)")
replace(Cache.check_engine, "self.django_path not in WITH_JSON", "False")
