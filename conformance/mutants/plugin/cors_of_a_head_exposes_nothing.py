"""The answer to a HEAD does not say which headers a page can read."""

from mutation import replace
from utilmeta.core.api.cors import CORS

replace(CORS.decide, 'request.method != "OPTIONS"', 'request.method not in ("OPTIONS", "HEAD")')
