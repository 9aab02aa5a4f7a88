"""A part of the pre-release that is 0 is left out of the version."""

from mutation import replace
from utilmeta.core.server import version

replace(
    version.version_text,
    "        else:\n            pre_release.append",
    "        elif part:\n            pre_release.append",
)
