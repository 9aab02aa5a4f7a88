"""A relative path starts at the project's directory, then at the working directory."""

from mutation import replace
from utilmeta.conf import variable_file

replace(variable_file.find, "places.append(", "places.insert(0, ")
