"""A header is sent as it was given, line breaks and all."""

from mutation import replace
from utilmeta.core.response import response

replace(response.safe, 'if "\\r" in text or "\\n" in text or "\\0" in text:', "if False:")
