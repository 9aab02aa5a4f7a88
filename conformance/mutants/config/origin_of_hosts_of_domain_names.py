"""The host of an origin is a name of letters, digits and hyphens, or an address in brackets."""

import re

from utilmeta.core.request import origin

origin.ORIGIN = re.compile(origin.ORIGIN.pattern.replace("0-9_-", "0-9-"))
