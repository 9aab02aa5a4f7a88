"""`default_aborted_response_status` changes nothing."""

from mutation import replace
from utilmeta.core.cli.call import status_of

replace(status_of, "else preferred.default_aborted_response_status", "else 503")
