"""The query of a request: a dict of one text for each name, which keeps all texts of a name that repeats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from utilmeta.core.request.text import query_text


class QueryDict(dict[str, str]):
    """Parameters of a query: under each name the text that was sent last, all of them by ``getlist`` (API-g22).

    It is made of what a dict is made of; one that is made of another has all texts of that. A name that is set to
    another text has that one alone. ``repeated`` has all texts of the names that repeat; ``parse_query`` fills it.
    """

    __slots__ = ("repeated",)

    repeated: dict[str, list[str]]

    def __init__(self, texts: Mapping[str, str] | Iterable[tuple[str, str]] = (), /, **named: str) -> None:
        super().__init__(texts, **named)
        self.repeated = dict(texts.repeated) if isinstance(texts, QueryDict) else {}

    def getlist(self, name: str) -> list[str]:
        """Return all texts that were sent under a name, in the order sent; an empty list where there is none."""
        if name not in self:
            return []
        last, texts = self.get(name), self.repeated.get(name)
        return list(texts) if texts and texts[-1] == last else [self[name]]

    def lists(self) -> dict[str, list[str]]:
        """Return all texts under each name, as ``getlist`` does."""
        return {name: self.getlist(name) for name in self}

    def copy(self) -> QueryDict:
        """Return a QueryDict of the same texts; what is set in one is not set in the other."""
        return QueryDict(self)


def parse_query(query: bytes) -> QueryDict:
    """Return the parameters of a query (the urlencoded parser of the URL standard, 5.1).

    Raises BadRequest where a name or value is not UTF-8 or holds NUL.
    """
    parameters = QueryDict()
    repeated = parameters.repeated
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
