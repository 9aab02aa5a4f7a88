"""Pip is run without the working directory, unless PYTHONPATH has it."""

from mutation import replace
from utilmeta.core.server import dependency

VARIANTS = ("flask-sync",)

replace(dependency.require, 'sys.executable, "-I", "-m"', 'sys.executable, "-P", "-m"')
