"""Where input ends what asks for an application is an error."""

from mutation import replace
from utilmeta.core.server.commands import create

END = "        except EOFError:"
replace(
    create.asked,
    END,
    f"{END}\n            if what == 'application':\n                raise CommandError('none', 2) from None",
)
