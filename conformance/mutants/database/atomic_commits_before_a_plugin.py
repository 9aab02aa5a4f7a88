"""A transaction ends before the plugins see its Response."""

from mutation import replace
from utilmeta.core.pipeline import chain

VARIANTS = ("flask-sync", "starlette-async")

ENDED = """
        response: Response = await inner(passage)
        transaction = getattr(passage, "transaction", None)
        if transaction is not None:
            transaction.opened.close()
            transaction.__enter__()
"""

replace(chain.finished, "        response: Response = await inner(passage)\n", ENDED)
