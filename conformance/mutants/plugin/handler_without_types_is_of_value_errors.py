"""A handler without types gets the errors of a wrong value."""

from mutation import replace
from utilmeta.core.api import hook

replace(hook.handle, "exceptions or (BaseException,)", "exceptions or (ValueError,)")
