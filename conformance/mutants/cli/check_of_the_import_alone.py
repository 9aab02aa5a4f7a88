"""The command that looks at a service builds no application."""

from mutation import replace
from utilmeta.core.server.commands.project import Project

replace(Project.built, "service.application()", "pass")
