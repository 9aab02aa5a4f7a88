"""A configuration of the user's own takes no part in the start."""

from mutation import replace
from utilmeta.core.server import application

replace(application.overridden, "if (hook :=", "if name != 'startup' and (hook :=")
