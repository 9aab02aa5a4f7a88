"""The max_length of a body is ignored."""

from mutation import replace
from utilmeta.core.request.body.binding import reader

replace(reader, "len(body) > max_size", "False")
