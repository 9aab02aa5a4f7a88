"""A database without a host is what Django takes it for, a socket."""

from mutation import replace
from utilmeta.core.orm import Database

replace(Database.settings, "LOCAL if host is None else host", "host")
