"""A file that is run and imported again is told that there is a service already, and no more."""

from mutation import replace
from utilmeta.conf.current import refuse_second

replace(refuse_second, "and file == _current.module_file", "and False")
