"""An argument that is None is sent as a text."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(
    Client._function,
    "if parameter.put is not None and value is not None:\n            parameter.put(made, value)",
    'if parameter.put is not None:\n            parameter.put(made, "None" if value is None else value)',
)
