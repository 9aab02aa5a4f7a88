"""The content type of a file does not follow its name."""

from mutation import replace
from utilmeta.core.file import File

replace(File.__init__, "content_type or guessed(self.filename)", "content_type or UNKNOWN")
