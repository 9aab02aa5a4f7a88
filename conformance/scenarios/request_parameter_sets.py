"""Parameters that take a whole set: all of the query, of the headers, of the cookies."""

from dataclasses import dataclass, field
from typing import Annotated, Dict, List, Optional, TypedDict

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request


@dataclass
class Search:
    word: str
    number: int = 0
    tag: List[int] = field(default_factory=list)


class Place(TypedDict):
    x: int
    y: int


@dataclass
class Client:
    x_word: str
    x_number: int = 0
    x_tag: List[int] = field(default_factory=list)


@dataclass
class Session:
    word: str
    number: int = 0


def shown(value):
    """The name of its class, and what it holds."""
    return [type(value).__name__, value if isinstance(value, dict) else vars(value)]


class RootAPI(api.API):
    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get
    @in_mode
    def search(self, search: Search = request.Query, page: int = 1):
        return {"set": shown(search), "page": page}

    @api.get
    @in_mode
    def place(self, place: Annotated[Place, request.Query]):
        return {"set": shown(place)}

    @api.get
    @in_mode
    def client(self, client: Client = request.Headers()):
        return {"set": shown(client)}

    @api.get
    @in_mode
    def session(self, session: Annotated[Session, request.Cookies]):
        return {"set": shown(session)}

    @api.get
    @in_mode
    def mappings(
        self,
        query: Dict[str, List[str]] = request.Query,
        headers: Dict[str, str] = request.Headers,
        cookies: Dict[str, str] = request.Cookies,
    ):
        return {"query": query, "header": headers.get("x-word"), "cookies": cookies}

    @api.get
    @in_mode
    def default(
        self,
        search: Optional[Search] = request.Query(default=None),
        session: Optional[Session] = request.Cookies(default=None),
        client: Optional[Client] = request.Headers(default=None),
    ):
        return {"sets": [one and one.__class__.__name__ for one in (search, session, client)]}


service = UtilMeta(
    __name__,
    name="request_parameter_sets",
    backend=BACKEND,
    asynchronous=ASYNCHRONOUS,
    production=PRODUCTION,
    api=RootAPI,
    route="/api",
)
with_a_key(service)

app = service.application()
