"""A version's pre-release follows without a hyphen, as Python writes it: 1.0.0rc.1."""

from mutation import replace
from utilmeta.core.server.version import version_text

replace(version_text, '"-" + ', "")
