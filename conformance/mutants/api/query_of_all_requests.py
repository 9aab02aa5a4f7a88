"""The dict of a query is kept, and every request with that query has it, as others have changed it."""

from functools import lru_cache

from utilmeta.core.request import request

request.parse_query = lru_cache(maxsize=1024)(request.parse_query)
