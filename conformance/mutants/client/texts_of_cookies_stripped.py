"""Line breaks at the ends of the parts of cookies that are given as one text are taken out (CLIENT-9)."""

from mutation import replace
from utilmeta.core.cli.transport import cookies

replace(
    cookies.read,
    'return {name.strip(" \\t"): value.strip(" \\t") for name, _, value in pairs if name.strip(" \\t")}',
    "return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}",
)
