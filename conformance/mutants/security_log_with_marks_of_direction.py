"""The log of a failed request has marks of direction in it as they were sent."""

import re

from utilmeta.core.response import log_line

log_line.UNSAFE = re.compile(log_line.UNSAFE.pattern.replace(r"\u061c\u200e\u200f", ""))
