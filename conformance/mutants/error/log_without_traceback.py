"""The log says which endpoint failed, and not of what."""

from mutation import replace
from utilmeta.core.errors.exception_log import log_raised

replace(log_raised, ", exc_info=shown", "")
