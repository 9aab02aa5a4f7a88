"""Of a name that repeats in the query the last text is all there is."""

from mutation import replace
from utilmeta.core.request.query import QueryDict

replace(QueryDict.getlist, "list(texts) if texts and texts[-1] == last else [self[name]]", "[self[name]]")
