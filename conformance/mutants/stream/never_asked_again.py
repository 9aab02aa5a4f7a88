"""`reconnects` of a client is ignored."""

from mutation import replace
from utilmeta.core.cli.streams.opening import begun

replace(begun, "settings.reconnects", "0")
