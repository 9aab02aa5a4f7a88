"""A description has to look like a name, in which there is no space."""

from mutation import replace
from utilmeta import UtilMeta

replace(
    UtilMeta.__init__,
    'validate_arguments.text("description", "" if description is None else description)',
    'validate_arguments.name(description or "none", self.project_directory)',
)
