"""A problem has no detail, neither in production nor in development."""

from utilmeta.core.response import problem

LEVEL = "page"
BREAKS = set()
original = problem.members
problem.members = lambda status, detail: original(status, "")
