"""The body of a test client runs where a startup hook has failed."""

from mutation import replace
from utilmeta.core.server.inside.clients import Started

replace(Started.__enter__, "self.close()\n        raise", "self.close()")
replace(Started.__aenter__, "self.close()\n        raise", "self.close()")
