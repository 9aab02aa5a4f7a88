"""Arguments in the path are not percent-encoded."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, 'quote(value, safe="/" if parameter.rest else "")', "value")
