"""The root route is strict unless the preference says otherwise."""

from mutation import replace
from utilmeta.conf.preference import Preference

replace(Preference.__init__, "strict_root_route: bool = False", "strict_root_route: bool = True")
