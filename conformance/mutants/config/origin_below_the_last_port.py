"""An origin of the last port is refused."""

from utilmeta.core.request import origin

origin.LAST_PORT -= 1
