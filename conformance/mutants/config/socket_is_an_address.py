"""An empty host is this machine's address."""

from mutation import replace
from utilmeta.core.orm import Database

replace(Database.settings, "LOCAL if host is None else host", "host or LOCAL")
