"""What is refused because it would have to be awaited to be sent stays open."""

from mutation import replace
from utilmeta.core.response import lazy

replace(lazy.close, "ended.send(None)", "pass")
