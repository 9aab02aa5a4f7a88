"""The query of a request: a dict of one text for each name, which keeps all texts of a name that repeats."""

from __future__ import annotations

from utilmeta.core.request.text import query_text


class QueryDict(dict[str, str]):
    """Parameters of a query: under each name the text that was sent last, all of them by ``getlist`` (API-g22).

    ``repeated`` has all texts of the names that repeat; ``parse_query`` fills it.
    """

    __slots__ = ("repeated",)

    repeated: dict[str, list[str]]

    def getlist(self, name: str) -> list[str]:
        """Return all texts that were sent under a name, in the order sent; an empty list where there is none."""
        if name not in self:
            return []
        return list(self.repeated.get(name) or (self[name],))

    def lists(self) -> dict[str, list[str]]:
        """Return all texts under each name, as ``getlist`` does."""
        return {name: self.getlist(name) for name in self}


def parse_query(query: bytes) -> QueryDict:
    """Return the parameters of a query (the urlencoded parser of the URL standard, 5.1).

    Raises BadRequest where a name or value is not UTF-8 or holds NUL.
    """
    parameters = QueryDict()
    repeated: dict[str, list[str]] = {}
    parameters.repeated = repeated
    if not query:
        return parameters
    for pair in query.split(b"&"):
        if pair:
            sent, _, value = pair.partition(b"=")
            name, text = query_text(sent), query_text(value)
            if name in repeated:
                repeated[name].append(text)
            elif name in parameters:
                repeated[name] = [parameters[name], text]
            parameters[name] = text
    return parameters
