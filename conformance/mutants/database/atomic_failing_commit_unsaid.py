"""A commit that fails is answered as one that does not."""

from mutation import replace
from utilmeta.core.orm.atomic import RequestTransaction

VARIANTS = ("flask-sync", "starlette-async")

SILENT = """
        try:
            self.opened.close()
        except Error:
            pass
"""

replace(RequestTransaction.__exit__, "        self.opened.close()\n", SILENT)
