"""`data` is parsed where it is a text that is JSON."""

from mutation import replace
from utilmeta.core.cli.template import data_of

replace(data_of, "if is_json(kind):", 'if is_json(kind) or kind == "text/plain":')
