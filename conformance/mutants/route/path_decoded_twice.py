"""A path is percent-decoded by the server and once more."""

from mutation import replace
from utilmeta.core.request import text

replace(text.decode_path, "return path.decode()", "return unquote_to_bytes(path).decode()")
