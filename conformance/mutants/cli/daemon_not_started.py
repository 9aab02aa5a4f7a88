"""With -d nothing is started."""

from mutation import replace
from utilmeta.core.server.commands import background

replace(background.launch, "command_of(project),", '[sys.executable, "-c", "import time; time.sleep(9)"],')
