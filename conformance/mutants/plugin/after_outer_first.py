"""After hooks of an outer class run first, as before hooks do."""

from mutation import replace
from utilmeta.core.api.hook_resolution import Reader

replace(Reader.around, "after[:0] =", "after +=")
