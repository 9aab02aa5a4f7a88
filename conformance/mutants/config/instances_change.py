"""A configuration takes other values after it is built."""

from mutation import replace
from utilmeta.conf.immutable import refuse_change

replace(refuse_change, 'not name.startswith("_")', "False")
