"""A group of HTTP exceptions whose text is not for clients is an exception like any other."""

from mutation import replace
from utilmeta.core.errors import raised

replace(raised.http_status_of, "answer is None", "answer is None or answer.private")
