"""A filename has its folders."""

from mutation import replace
from utilmeta.core.file import File

replace(File.__init__, 're.split(r"[/\\\\]", said)[-1] or None', "said or None")
