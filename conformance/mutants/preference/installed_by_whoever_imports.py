"""A missing dependency is installed whoever has the service set up, be it an external server."""

from mutation import replace
from utilmeta.core.server import dependency

replace(dependency.started_by_hand, 'state.service.module_name == "__main__"', "True")
