"""The command that looks at a service builds no application."""

from mutation import replace
from utilmeta.core.server.commands import inspection

replace(inspection.check, "service.application()", "pass")
