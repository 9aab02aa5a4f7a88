"""The pidfile of meta.ini is not the one that is written."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(project.Project.pidfile.fget, 'self.options.get("pidfile", PIDFILE)', "PIDFILE")
