"""Of a Location that is not quite a URL all is encoded, escapes too."""

from utilmeta.core.response import response

response.DISALLOWED = response.re.compile(r"[^!#$&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]")
