"""A file without a filename has none in a form."""

from mutation import replace
from utilmeta.core.file import File

replace(File.__init__, "said = filename if filename is not None else local", "said = filename")
