"""Names in a form are written as they are."""

from mutation import replace
from utilmeta.core.cli.bodies.form import quoted

replace(quoted, 'return BREAKS_OUT.sub(lambda found: f"%{ord(found[0]):02X}", name)', "return name")
