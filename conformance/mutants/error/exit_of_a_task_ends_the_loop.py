"""The loop of a server that has none is run once: an exit or a stop ends it."""

from mutation import replace
from utilmeta.core.concurrency.portal import Portal

VARIANTS = ("flask-async",)

replace(Portal.serve, "while True:", "for _ in range(1):")
