"""Cookies that answers set are not kept."""

from mutation import replace
from utilmeta.core.cli.transport.cookies import Cookies

replace(Cookies.keep, "if cookie is not None:", "if False:")
