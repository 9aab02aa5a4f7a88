"""A redirect sends a file from where the first request has left it."""

from mutation import replace
from utilmeta.core.file import File

replace(File.opened, "self._open.seek(self._start)", "self._open.tell()")
