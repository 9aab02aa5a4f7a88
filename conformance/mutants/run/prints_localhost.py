"""run() prints a URL of 127.0.0.1, whatever its host is."""

from mutation import replace
from utilmeta.core.request import origin

replace(origin.local_url, "http://{shown}:", "http://127.0.0.1:")
