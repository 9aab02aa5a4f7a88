"""The root route is strict unless the preference says otherwise."""

from mutation import change_default
from utilmeta.conf.preference import Preference

change_default(Preference, "strict_root_route", True)
