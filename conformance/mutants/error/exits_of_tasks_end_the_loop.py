"""The loop of a server that has none is begun again a few times, and then no more."""

from mutation import replace
from utilmeta.core.concurrency.portal import Portal

VARIANTS = ("flask-async",)

replace(Portal.serve, "while True:", "for _ in range(64):")
