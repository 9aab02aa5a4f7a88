"""aiohttp sends a request again where a kept connection fails."""

from mutation import replace
from utilmeta.core.cli.libraries.aiohttp_library import AiohttpSession

replace(AiohttpSession.__init__, "self.session._retry_connection = False", "pass")
