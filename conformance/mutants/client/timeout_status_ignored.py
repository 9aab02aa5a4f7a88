"""`default_timeout_response_status` changes nothing."""

from mutation import replace
from utilmeta.core.cli.call import status_of

replace(status_of, "preferred.default_timeout_response_status if timed_out", "504 if timed_out")
