"""`main = ./server.py` in meta.ini leads nowhere: it is taken for the module `..server`."""

from mutation import replace
from utilmeta.core.server.commands import project

replace(
    project.module_of,
    'os.path.relpath(main.replace("\\\\", "/")).removesuffix(".py").replace(os.sep, ".")',
    'main.removesuffix(".py").replace("/", ".")',
)
