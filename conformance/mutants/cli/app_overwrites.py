"""An app is made in a folder that is there."""

from mutation import replace
from utilmeta.core.server.commands import create

replace(create.add_app, "os.path.lexists(there)", "not there")
replace(create.write, "if there:", "if not files:")
replace(create.write, 'open(file, "x"', 'open(file, "w"')
