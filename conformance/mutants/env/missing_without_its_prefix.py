"""A variable that is missing is named without the prefix."""

from mutation import replace
from utilmeta.conf import env

replace(env.missing, "source.prefix + name", "name")
