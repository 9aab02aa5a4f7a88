"""meta.ini counts in its own folder, and its other keys are not read."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(project.find_project, "(start, *start.parents)", "(start,)")
replace(project.read, "if value.strip()}", 'if value.strip() and section == "other"}')
