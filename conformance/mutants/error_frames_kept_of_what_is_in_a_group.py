"""Of a group that is answered, its members keep their frames."""

from mutation import replace
from utilmeta.core.response import raised

replace(raised.forget, "*members_of(each)", "")
