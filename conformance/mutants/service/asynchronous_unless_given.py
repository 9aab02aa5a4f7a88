"""A service is asynchronous unless it says that it is not, on every backend."""

from mutation import replace
from utilmeta import UtilMeta

VARIANTS = ("django-sync",)

replace(UtilMeta.__init__, "adapter_class.mode_of(injected) if given_mode is None", "True if given_mode is None")
