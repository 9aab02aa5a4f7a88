"""The command that looks at a service ends as the module of the service does: well where that calls sys.exit()."""

from mutation import replace
from utilmeta.core.server.commands import error

replace(error.forbid_exit, "except SystemExit as error:", "except SystemExit as error:\n        raise")
