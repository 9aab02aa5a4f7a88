"""An argument that is None is sent as a text."""

from mutation import replace
from utilmeta.core.cli.parameters import write

replace(
    write,
    "value = values[parameter.name]",
    'value = "None" if values[parameter.name] is None else values[parameter.name]',
)
