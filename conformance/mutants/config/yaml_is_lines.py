"""A file of YAML is read as lines."""

from utilmeta.conf import variable_file

del variable_file.READERS[".yaml"]
