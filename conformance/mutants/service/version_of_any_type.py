"""A version may be of any type, and is its text."""

from mutation import replace
from utilmeta.core.server.version import version_text

replace(
    version_text,
    "isinstance(version, str):\n        return version",
    "not isinstance(version, tuple):\n        return str(version)",
)
