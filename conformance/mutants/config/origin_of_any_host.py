"""The host of an origin is whatever stands before a path."""

import re

from utilmeta.core.request import origin

origin.ORIGIN = re.compile(r"[a-z]+://[^/?#@ ]+()(?:(?!)(.))?")
