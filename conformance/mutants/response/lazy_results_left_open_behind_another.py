"""Of several results that would have to be read none is closed behind one that cannot be."""

from mutation import replace
from utilmeta.core.response import lazy

replace(
    lazy.release,
    """    for each in within(value, set()):
        with suppress(Exception):""",
    """    with suppress(Exception):
        for each in within(value, set()):""",
)
