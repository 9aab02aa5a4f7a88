"""A transaction ends before the plugins see its Response."""

from mutation import replace
from utilmeta.core.pipeline import hook_middleware

VARIANTS = ("flask-sync", "starlette-async")

ENDED = """
        response: Response = await inner(state)
        transaction = getattr(state, "transaction", None)
        if transaction is not None:
            transaction.opened.close()
            transaction.__enter__()
"""

replace(hook_middleware.with_plugin_response, "        response: Response = await inner(state)\n", ENDED)
