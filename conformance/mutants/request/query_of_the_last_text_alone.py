"""Of a name that repeats in the query the last text is all there is."""

from mutation import replace
from utilmeta.core.request.query import QueryDict

replace(QueryDict.getlist, "self.repeated.get(name) or (self[name],)", "(self[name],)")
