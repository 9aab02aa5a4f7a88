"""A 413 and a 422 have the phrases that they had before RFC 9110."""

from utilmeta.core.response.problem import TITLES

TITLES[413] = "Request Entity Too Large"
TITLES[422] = "Unprocessable Entity"
