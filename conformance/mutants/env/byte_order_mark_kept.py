"""A byte order mark is part of the first name."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.read, "utf-8-sig", "utf-8")
