"""A file of the name of a folder that is to be made is deleted."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.write, "there.append(folder)", "folder.unlink()")
