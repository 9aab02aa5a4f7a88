"""By aiohttp requests are sent without their bodies."""

from mutation import replace
from utilmeta.core.cli.libraries.aiohttp_library import AiohttpSession

replace(AiohttpSession.begun, "data: Any = None if empty else body", "data: Any = None")
