"""By urllib a body that ends too early is an answer."""

from mutation import replace
from utilmeta.core.cli.libraries.urllib_library import exchange

replace(exchange, "body = response.read()", "body = response.read(1 << 20)")
