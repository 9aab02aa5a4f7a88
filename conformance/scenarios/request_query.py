"""What a request tells of its query, as a dict of texts."""

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("taken/{name}")
    @in_mode
    def taken(self, name: str):
        query = self.request.query
        return {"item": query[name], "got": query.get(name), "other": query.get("other" + name), "all": dict(query)}

    @api.get("listed/{name}")
    @in_mode
    def listed(self, name: str):
        query = self.request.query
        return {"item": query[name], "list": query.getlist(name), "other": query.getlist("other" + name)}

    @api.get("changed/{name}")
    @in_mode
    def changed(self, name: str):
        query = self.request.query
        found = dict(query)
        query[name] = "changed"
        query["more"] = "added"
        return {"found": found}


service = with_a_key(
    UtilMeta(
        __name__,
        name="request_query",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
