"""The error says what is missing and not what to install."""

from mutation import replace
from utilmeta.core.server import dependency

replace(dependency.require, "; install it with: pip install '{requirement}'", "")
