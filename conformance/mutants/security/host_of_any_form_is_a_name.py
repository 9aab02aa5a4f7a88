"""A Host is a name whatever else than separators is in it, so that a backslash or an escape hides where it ends."""

import re

from utilmeta.core.pipeline import host

host.HOST = re.compile(r"([^\s:/?#@\[\]]+|\[(?P<address>[0-9A-Fa-f:.]+)\])(?::0*(?P<port>[0-9]{0,5}))?")
host.LABELS = re.compile(r".+")
