"""The main of a project is a file."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.run_service, 'file.suffix == ".py"', "file")
