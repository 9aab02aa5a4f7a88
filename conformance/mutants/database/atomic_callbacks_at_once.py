"""Callbacks of a transaction run before it ends, however it does."""

from mutation import replace
from utilmeta.core.orm.atomic import RequestTransaction

VARIANTS = ("flask-sync", "starlette-async")

RUN = """
    for alias in self.aliases:
        connection = transaction.get_connection(alias)
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _, call, *_ in waiting:
            call()
"""

replace(RequestTransaction.finish, "    self.before_commit()\n", RUN)
replace(RequestTransaction.roll_back, "    try:\n", RUN + "    try:\n")
