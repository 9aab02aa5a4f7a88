"""303 of a HEAD is followed by GET."""

from mutation import replace
from utilmeta.core.cli import redirect

replace(redirect.redirected, ' and method != "HEAD"', "")
