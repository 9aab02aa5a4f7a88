"""The project is where the class is declared, whatever the service says."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.project_directory, "return current().project_directory", "raise ImportError")
