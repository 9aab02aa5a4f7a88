"""What the local zone is, is asked anew for every datetime."""

from mutation import replace
from utilmeta.conf import pattern

replace(
    pattern.compile_datetime, "else value.astimezone(zone))\n\n    return", "else value.astimezone())\n\n    return"
)
