"""An API class alone has the configurations of the process's service."""

from utilmeta.conf import Time
from utilmeta.conf.current import current
from utilmeta.core.server import application


def configured(times):
    return attachment_encoder(current().get_config(Time) or times)


attachment_encoder = application.compile_encoder
application.compile_encoder = configured
