"""Cookies of another host are set by the Response that a Client got."""

from mutation import replace
from utilmeta.core.response.received import passed_on

replace(
    passed_on,
    "(name := pair[0].lower()) in NOT_PASSED_ON",
    '(name := pair[0].lower()) in NOT_PASSED_ON - {"set-cookie"}',
)
