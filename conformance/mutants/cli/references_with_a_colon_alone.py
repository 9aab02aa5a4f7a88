"""A reference is module:name."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(project.Project.named, '":" if ":" in reference else "."', '":"')
