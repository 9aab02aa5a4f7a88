"""Under a name of the query stands a list of its texts."""

from utilmeta.core.request.query import QueryDict


def listed(self, name):
    return self.repeated.get(name) or [dict.__getitem__(self, name)]


QueryDict.__getitem__ = listed
