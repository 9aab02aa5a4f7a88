"""A 404 and a 405 have phrases that RFC 9110 does not have."""

from utilmeta.core.response.problem import TITLES

TITLES[404] = "Page Not Found"
TITLES[405] = "Method not allowed"
