"""Cookies of a Response are not sent."""

from mutation import replace
from utilmeta.core.response.response import Response

replace(Response.__init__, "if cookies:", "if False:")
