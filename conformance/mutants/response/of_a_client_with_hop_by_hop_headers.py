"""Headers that a Connection header names are passed on with the Response that a Client got."""

from mutation import replace
from utilmeta.core.response.received import passed_on

replace(passed_on, "or name in named", "")
