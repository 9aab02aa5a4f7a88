"""Tornado's answer to what no rule takes is a traceback in debug mode."""

from mutation import replace
from utilmeta.core.server.backends.tornado import Missing

VARIANTS = ("tornado-async",)

replace(Missing.write_error, "super().write_error(status_code)", "super(Missing, self).write_error(status_code, **_)")
