"""Hooks run outside of the transaction of their endpoint."""

from mutation import replace
from utilmeta.core.server import composition

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

replace(composition.hook_step, "        return await step(instance, *first, **arguments)\n", LEFT)
