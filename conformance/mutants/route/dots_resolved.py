"""Dots in a path are resolved as in a file's name."""

import posixpath

from mutation import replace
from utilmeta.core.request import text

text.posixpath = posixpath
replace(text.split_path, 'path.split("/")', 'posixpath.normpath("/" + path).split("/")')
