"""`default_aborted_response_status` changes nothing."""

from mutation import replace
from utilmeta.core.cli.call import status_of

replace(status_of, "return preference.default_aborted_response_status", "return 503")
