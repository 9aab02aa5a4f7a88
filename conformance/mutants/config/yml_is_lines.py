"""A file with the suffix .yml is read as lines."""

from utilmeta.conf import variable_file

del variable_file.READERS[".yml"]
