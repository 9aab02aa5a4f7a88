"""Of control characters those of C1 are sent."""

import re

from utilmeta.core.response import headers

headers.CONTROL = re.compile(headers.CONTROL.pattern.replace(r"\x7f-\x9f", r"\x7f"))
