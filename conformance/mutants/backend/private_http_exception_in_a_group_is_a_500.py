"""A group of HTTP exceptions whose text is not for clients is an exception like any other."""

from mutation import replace
from utilmeta.core.errors import exception_group

replace(exception_group.http_status_of, "answer is None", "answer is None or answer.private")
