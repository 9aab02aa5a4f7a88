"""meta.ini has an application that nobody named."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.initialize, "app=app", 'app="server:service"')
