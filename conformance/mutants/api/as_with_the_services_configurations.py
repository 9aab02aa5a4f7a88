"""An API class alone has the configurations of the process's service."""

from utilmeta.conf import Time
from utilmeta.core.server import embed
from utilmeta.core.server.current import current


def configured(times):
    return attachment_encoder(current().get_config(Time) or times)


attachment_encoder = embed.compile_encoder
embed.compile_encoder = configured
