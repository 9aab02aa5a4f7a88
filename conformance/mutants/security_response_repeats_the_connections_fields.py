"""What a response says of its length and of the connection is sent beside what the service says."""

from utilmeta.core.response import response

response.RESERVED = frozenset()
