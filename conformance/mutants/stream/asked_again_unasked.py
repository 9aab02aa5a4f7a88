"""Events are asked for again, though the client has no `reconnects`."""

from mutation import replace
from utilmeta.core.cli.streams.opening import begun

replace(begun, "settings.reconnects", "settings.reconnects or 1")
