"""What an error says of the connection, and a request id of its own, is sent beside what the service says."""

from utilmeta.core.response import response

response.OF_CONTENT = frozenset({"content-length", "content-type", "transfer-encoding"})
