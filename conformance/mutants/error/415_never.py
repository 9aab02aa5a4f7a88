"""A body is taken for JSON whatever its content type."""

from mutation import replace
from utilmeta.core.request.body.binding import reader

replace(reader, "if kind.takes(sent):", "if True:")
