"""In a Location that is not quite a URL escapes in lower case are encoded a second time."""

import re

from utilmeta.core.response import headers

headers.DISALLOWED = re.compile(r"%(?![0-9A-F]{2})|[^%!#$&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]")
