"""By aiohttp requests are sent without their bodies."""

from mutation import replace
from utilmeta.core.cli.libraries.aiohttp_library import AiohttpSession

replace(AiohttpSession.begun, "data=None if empty else outgoing.body", "data=None")
