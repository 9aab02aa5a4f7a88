"""A Host with an underscore, an IPv6 address, or a dot or colon at its end is malformed."""

import re

from utilmeta.core.pipeline import host

host.HOST = re.compile(r"([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)(?P<address>(?!))?(?::(?P<port>[0-9]{1,5}))?")
