"""What a response says of the connection is sent beside what the server says."""

from utilmeta.core.response import headers

headers.RESERVED = frozenset({"content-length", "transfer-encoding", "x-request-id"})
