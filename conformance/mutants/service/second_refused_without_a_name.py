"""The error of a second service does not say which one there is."""

from mutation import replace
from utilmeta.conf.current import refuse_second

replace(refuse_second, ", {_current.name!r} of module {_current.module_name!r}", "")
