"""Of a group that is answered, its members keep their frames."""

from mutation import replace
from utilmeta.core.errors import raised

replace(raised.forget, "*members_of(each)", "")
