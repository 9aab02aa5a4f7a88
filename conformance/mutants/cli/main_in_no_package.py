"""The main of a project is looked for without its package."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.run_service, "runpy.run_module(main,", 'runpy.run_module(main.rpartition(".")[2],')
