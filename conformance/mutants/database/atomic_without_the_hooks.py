"""Hooks run outside of the transaction of their endpoint."""

from mutation import replace
from utilmeta.core.pipeline import middleware

VARIANTS = ("flask-sync", "starlette-async")

LEFT = """
        transaction = getattr(passage, "transaction", None)
        if transaction is None:
            return await step(instance, *first, **arguments)
        transaction.opened.close()
        try:
            return await step(instance, *first, **arguments)
        finally:
            transaction.__enter__()
"""

replace(middleware.hook_step, "        return await step(instance, *first, **arguments)\n", LEFT)
