"""Of a group that is answered, its members keep their frames."""

from mutation import replace
from utilmeta.core.errors import exception_log

replace(exception_log.forget, "*members_of(each)", "")
