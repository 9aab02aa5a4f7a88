"""Of a service that was adapted twice only what is at the first place has canonical paths."""

from mutation import replace
from utilmeta import UtilMeta

replace(UtilMeta.canonical_path, "for table in self._state.tables)", "for table in self._state.tables[:1])")
