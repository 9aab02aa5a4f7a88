"""What would have to be read to be sent is read, to its end, and sent as a list."""

from collections.abc import Iterable

from utilmeta.core.response import encoding

refuse = encoding.refuse
encoding.refuse = lambda value: list(value) if isinstance(value, Iterable) else refuse(value)
