"""Anything may be registered as a hook."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta._register, "if not callable(function):", "if False:")
