"""`internal=True` without `service=` calls nothing."""

from mutation import replace
from utilmeta.core.cli.client import Client

replace(Client.__init__, "if internal:", "if internal and service is not None:")
