"""A SQLite path is relative to the working directory."""

from mutation import replace
from utilmeta.core.orm.engine import file_name

VARIANTS = ("flask-sync",)

replace(file_name, "str(directory / name)", "name")
