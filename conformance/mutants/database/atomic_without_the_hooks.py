"""Hooks run outside of the transaction of their endpoint."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

VARIANTS = ("flask-sync", "starlette-async")

LEFT = """
            transaction = getattr(state, "transaction", None)
            if transaction is None:
                return await function(instance, *first)
            transaction.opened.close()
            try:
                return await function(instance, *first)
            finally:
                transaction.__enter__()
"""

replace(hook_middleware.hook_call, "            return await function(instance, *first)\n", LEFT)
