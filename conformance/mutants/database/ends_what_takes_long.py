"""A query that takes long is ended, whether its server is alive or not."""

from mutation import replace
from utilmeta.core.orm import silence

VARIANTS = ("flask-sync", "starlette-async")

replace(silence.answers, "return bool(asking.recv(1))", "return False")
