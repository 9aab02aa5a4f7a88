"""`data` is what `result_key` finds."""

from mutation import replace
from utilmeta.core.cli.template import Template

replace(
    Template.read,
    "found.data = data",
    "found.data = data.get(made.result_key, data) if isinstance(data, Mapping) else data",
)
