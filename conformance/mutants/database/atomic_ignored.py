"""ATOMIC_REQUESTS is ignored."""

from mutation import replace
from utilmeta.core.orm.transactions import find_transactions

VARIANTS = ("flask-sync", "starlette-async")

replace(find_transactions, 'if entry.get("ATOMIC_REQUESTS")', "if not entry")
