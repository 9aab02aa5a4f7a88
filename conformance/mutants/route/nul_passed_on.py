"""A NUL byte in a path or query reaches the endpoint."""

from mutation import replace
from utilmeta.core.request import text

replace(text.decode_path, "if 0 in path:", "if False:")
replace(text.query_text, "if 0 in part:", "if False:")
