"""Over urllib a connection is closed after an answer of 400 and more (CLIENT-g36)."""

from mutation import replace
from utilmeta.core.cli.libraries import urllib_library

replace(urllib_library.exchange, "not response.will_close", "not response.will_close and response.status < 400")
