"""A reference module.name of meta.ini leads nowhere where the module is in a package."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(project.Project.named, "reference.rpartition(", "reference.partition(")
