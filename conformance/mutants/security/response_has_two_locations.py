"""Headers of one value are sent as often as a response has them."""

from utilmeta.core.response import headers

headers.SINGLE = frozenset()
