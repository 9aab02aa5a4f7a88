"""An escape in lower case is a route that no path ever has."""

import re

from utilmeta.core.routing import spelling

spelling.PARTS = re.compile(r"[?#]|%[0-9A-F]{2}")
