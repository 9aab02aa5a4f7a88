"""meta.ini counts in its own folder alone."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(project.find_project, "(start, *start.parents)", "(start,)")
