"""`meta gen_client` writes docstrings as they are."""

from mutation import replace
from utilmeta.core.cli.generation.layout import escaped

replace(escaped, "return QUOTES", "return text\n    return QUOTES")
