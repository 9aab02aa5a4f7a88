"""A header is sent as it was given, line breaks and all."""

from mutation import replace
from utilmeta.core.response import response

replace(response.safe, "if CONTROL.search(text):", "if False:")
