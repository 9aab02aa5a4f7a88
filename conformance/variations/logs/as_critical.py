"""Exceptions are logged as critical."""

from mutation import replace
from utilmeta.core.errors.exception_log import log_raised

LEVEL = "full"
replace(log_raised, "log.error(", "log.critical(")
