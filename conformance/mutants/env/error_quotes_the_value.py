"""The error of a value that does not convert quotes it."""

from mutation import replace
from utilmeta.conf import env

replace(env.Env.__init__, "include_input=False", "include_input=True")
replace(env.reason, 'str(found["msg"])', "f\"not {found['input']!r}\"")
