"""A problem has no detail, neither in production nor in development."""

from utilmeta.core.response import problem

LEVEL = "page"
BREAKS = {
    "BACKEND-10a", "BACKEND-10d", "ERROR-2a", "ERROR-6", "REQUEST-13c", "REQUEST-13d", "REQUEST-14a", "REQUEST-14b",
    "RESPONSE-1g", "RESPONSE-7c", "SECURITY-7a", "SECURITY-7b",
}  # fmt: skip
original = problem.members
problem.members = lambda status, detail: original(status, "")
