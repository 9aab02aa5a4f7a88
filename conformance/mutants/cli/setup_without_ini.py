"""A project that is made has no meta.ini."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.set_up, ", FILE: ini(", ', "other.ini": ini(')
