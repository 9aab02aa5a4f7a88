"""Without `backend` and preference the library is requests."""

from mutation import change_default
from utilmeta.conf.preference import Preference

change_default(Preference, "client_default_request_backend", "requests")
