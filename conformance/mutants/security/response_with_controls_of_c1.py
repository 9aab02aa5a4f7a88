"""Of control characters those of C1 are sent."""

import re

from utilmeta.core.response import response

response.CONTROL = re.compile(response.CONTROL.pattern.replace(r"\x7f-\x9f", r"\x7f"))
