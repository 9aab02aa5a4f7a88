"""The max_length of a body is a number of characters."""

from mutation import replace
from utilmeta.core.request.body.binding import reader

replace(reader, "len(body) > max_size", 'len(body.decode("utf-8", "replace")) > max_size')
