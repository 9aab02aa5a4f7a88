"""A file that the caller opened is closed."""

from mutation import replace
from utilmeta.core.file import File

replace(
    File.opened,
    "return Reading(self._open, size, self._busy.release,",
    "return Reading(self._open, size, self._open.close,",
)
