"""Time becomes settings of Django's where that is the backend alone; elsewhere they are as if there were no Time."""

from mutation import replace
from utilmeta.core.server.django_setup.settings import statements

VARIANTS = ["starlette-async"]

replace(
    statements, "if not isinstance(config, DjangoSettings):", 'if "Time" != type(config).__name__ != "DjangoSettings":'
)
