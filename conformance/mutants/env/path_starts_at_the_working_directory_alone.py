"""A relative path starts at the working directory and nowhere else."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.find, "project is not None", "False")
