"""Configurations become Django's settings where Django is the backend alone; elsewhere those are what they are."""

from mutation import replace
from utilmeta.core.server import settings

replace(settings.statements, "for config in service._configs.values():", "for config in ():")

VARIANTS = ["starlette-async"]
