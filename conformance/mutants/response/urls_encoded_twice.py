"""Of a Location that is not quite a URL all is encoded, escapes too."""

from utilmeta.core.response import headers

headers.DISALLOWED = headers.re.compile(r"[^!#$&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]")
