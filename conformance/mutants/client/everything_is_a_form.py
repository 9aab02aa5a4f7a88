"""A dict is sent as a form."""

from mutation import replace
from utilmeta.core.cli.request import body_of

replace(
    body_of,
    "if kind == FORM and isinstance(data, Mapping):\n            return encoded(data).encode(), None",
    "if isinstance(data, Mapping):\n            return encoded(data).encode(), None if kind else FORM",
)
