"""Arguments are sent as they are given, of whatever type."""

from mutation import replace
from utilmeta.core.cli.parameters import checked

replace(checked, "elif parameter.check is None or", "elif parameter.check is not None or")
