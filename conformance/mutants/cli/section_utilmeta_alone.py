"""meta.ini has the section [utilmeta] alone."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(project.read, "in SECTIONS if", "in SECTIONS[:1] if")
