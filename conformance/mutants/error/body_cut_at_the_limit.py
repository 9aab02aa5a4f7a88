"""Of a body whose length is not announced as much is taken as the limit allows, and the rest is left."""

from mutation import replace
from utilmeta.core.request.servers.wsgi import read_all

replace(
    read_all,
    "raise too_large(limit)",
    "chunk, size = chunk[: limit - size], limit\n            return b''.join([*chunks, chunk])",
)
