"""A text is sent as JSON."""

from mutation import replace
from utilmeta.core.cli.request import body_of

replace(
    body_of,
    "if isinstance(data, str) and not (kind and is_json(kind)):",
    "if isinstance(data, str) and kind and not is_json(kind):",
)
