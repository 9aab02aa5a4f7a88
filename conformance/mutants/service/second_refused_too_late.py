"""A second service is an error, but it is in force by then."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.__init__, "refuse_second(self)", "first = sys.modules['utilmeta.conf.current']._current")
replace(
    UtilMeta.__init__,
    "register(self)",
    'register(self)\n    if first is not None:\n        raise ServiceError(f"there is one: {first.name}")',
)
