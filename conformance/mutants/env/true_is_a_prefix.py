"""`sys_env=True` reads the variables that begin with True."""

from mutation import replace
from utilmeta.conf import source

replace(source.sources, 'sys_env if isinstance(sys_env, str) else ""', "str(sys_env)")
