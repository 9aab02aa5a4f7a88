"""An abort that is no failure of the library, such as too many redirects, is raised."""

from mutation import replace
from utilmeta.core.cli.call import Call

replace(Call.handled, "(Aborted, TimedOut)) and silent", "(Aborted, TimedOut)) and silent and error.__cause__")
