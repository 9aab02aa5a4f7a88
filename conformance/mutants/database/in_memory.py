"""A SQLite database is kept in memory."""

from mutation import replace
from utilmeta.core.orm.engine import file_name

VARIANTS = ("flask-sync",)

replace(file_name, "str(directory / name)", '"file:kept?mode=memory&cache=shared"')
