"""The name that a marker is given by position is ignored."""

from mutation import replace
from utilmeta.core.request.markers import Param

replace(Param.__init__, "self.alias = alias", "self.alias = None")
