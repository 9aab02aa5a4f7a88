"""The log does not say which header of a strict template is wrong."""

from mutation import replace
from utilmeta.core.response import headers_check

replace(headers_check.headers_check, "f\"header {each['name']}: {each['reason']}\"", '"a header"')
