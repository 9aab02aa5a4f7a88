"""By default a request whose time is over has the status 503."""

from mutation import change_default
from utilmeta.conf.preference import Preference

change_default(Preference, "default_timeout_response_status", 503)
