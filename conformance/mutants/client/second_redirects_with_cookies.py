"""A second redirect within another origin gets the cookies of the client and the call."""

from mutation import replace
from utilmeta.core.cli import redirect

replace(redirect.redirected, "there.origin != destination(request).origin", "there.origin != sent.place.origin")
