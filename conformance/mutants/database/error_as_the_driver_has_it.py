"""A database that is down is an error in the words of its driver."""

from mutation import replace
from utilmeta.core.orm.connection import install

VARIANTS = ("flask-sync", "starlette-async")

replace(install, "connection.__class__ = translating(kind)", "pass")
