"""A client cannot send by requests."""

from mutation import replace
from utilmeta.core.cli.libraries import find

replace(
    find,
    "name = checked_name(backend)",
    (
        "name = checked_name(backend)\n"
        '        if name == "requests":\n'
        '            raise ValueError("there is no library requests")'
    ),
)
