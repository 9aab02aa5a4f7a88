"""What is not UTF-8 in a path is replaced by the replacement character."""

from mutation import replace
from utilmeta.core.request import text

replace(text.decode_path, "path.decode()", 'path.decode(errors="replace")')
