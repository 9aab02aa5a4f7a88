"""The headers of a template are checked where it holds an error, too."""

from mutation import replace
from utilmeta.core.response import headers_check

replace(headers_check.headers_check, "and promises(response)", "")
