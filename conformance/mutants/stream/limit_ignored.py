"""`max_event_size` of a client is ignored."""

from mutation import replace
from utilmeta.core.cli.streams.opening import begun

replace(begun, "settings.max_event_size", "1 << 20")
