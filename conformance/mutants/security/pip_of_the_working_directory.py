"""Pip is run as a user types it: a pip.py of the working directory is run in its place."""

from mutation import replace
from utilmeta.core.server import dependency

VARIANTS = ("flask-sync",)

replace(dependency.require, 'sys.executable, "-I", "-m"', 'sys.executable, "-m"')
