"""By urllib a body that ends too early is an answer."""

from mutation import replace
from utilmeta.core.cli.libraries.urllib_library import exchange

replace(exchange, "content.take(response.read())", "content.take(response.read(1 << 20))")
