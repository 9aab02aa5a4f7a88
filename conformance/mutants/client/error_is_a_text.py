"""The `error` of a Response is a text."""

from mutation import replace
from utilmeta.core.cli.template import failed

replace(failed, "found.error = error", "found.error = str(error)")
