"""The port of an origin is whatever `int` takes."""

import re

from utilmeta.core.request import origin

origin.ORIGIN = re.compile(origin.ORIGIN.pattern.replace("([0-9]{1,5})", r"([+ ]?[\d_]+)"))
