"""Any part is appended."""

from mutation import replace
from utilmeta.core.cli.streams.download import is_next

replace(is_next, "int(found[1]) == file.size", "True")
