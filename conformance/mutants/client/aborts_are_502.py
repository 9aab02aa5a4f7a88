"""By default a request without an answer has the status 502."""

from mutation import change_default
from utilmeta.conf.preference import Preference

change_default(Preference, "default_aborted_response_status", 502)
