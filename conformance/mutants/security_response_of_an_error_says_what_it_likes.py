"""What an error says of the connection, and how long its content is, is sent beside what the server says."""

from utilmeta.core.response import response

response.OF_CONTENT = frozenset({"content-type"})
