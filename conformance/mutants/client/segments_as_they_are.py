"""Arguments in the path are not percent-encoded."""

from mutation import replace
from utilmeta.core.cli.parameters import filled

replace(filled, '"/".join(map(segment, segments))', "value")
