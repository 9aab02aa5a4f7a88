"""The filename that a file is given is not sent."""

from mutation import replace
from utilmeta.core.file import File

replace(File.__init__, "said = filename if filename is not None else local", "said = local")
