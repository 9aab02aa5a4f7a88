"""API classes that are mounted, inherited and composed, and what is shared in a class, as the guides declare it."""

import asyncio
import time

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.utils.exceptions import PermissionDenied

TIMEOUT = 0.2  # seconds
TOO_LONG = 1.0


class LeafAPI(api.API):
    @api.get
    @in_mode
    def leaf(self):
        return {"leaf": NONCE}


@api.route("by-its-class")
class NamedAPI(LeafAPI):
    pass


@api.route("{post}/comments")
class CommentsAPI(api.API):
    post: int = request.PathParam

    @in_mode
    def get(self):
        return {"post": self.post}

    @api.get("{comment}")
    @in_mode
    def one(self, comment: int):
        return {"post": self.post, "comment": comment}


class MountedAPI(api.API):
    by_class: NamedAPI
    comments: CommentsAPI


class DecoratedAPI(api.API):
    """Mounted as `decorated`: functions that are named after methods."""

    @api.get
    @in_mode
    def get(self):
        return {"named": "get"}

    @api.post
    @in_mode
    def post(self):
        return {"named": "post"}

    @api.put
    @in_mode
    def put(self):
        return {"named": "put"}

    @api.patch
    @in_mode
    def patch(self):
        return {"named": "patch"}

    @api.delete
    @in_mode
    def delete(self):
        return {"named": "delete"}


class BaseAPI(api.API):
    @api.get
    @in_mode
    def one(self):
        return "one"


class OtherBaseAPI(api.API):
    @api.get
    @in_mode
    def other(self):
        return "other"


class JoinedAPI(BaseAPI, OtherBaseAPI):
    @api.get
    @in_mode
    def own(self):
        return "own"


class PreparedAPI(api.API):
    token: str = request.HeaderParam("X-Token")
    limit: int = request.QueryParam(default=10)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.token == "forbidden":
            raise PermissionDenied("not with this token")
        self.prepared = self.token.upper()

    @api.get
    @in_mode
    def shown(self, number: int):
        return {"prepared": self.prepared, "limit": self.limit, "number": number}

    @api.get
    @in_mode
    def seen(self):
        return {"endpoint": self.prepared, "hook": self.hooked}

    @api.before(seen)
    def see(self):
        self.hooked = self.prepared

    @api.get("items/{item}")
    @in_mode
    def item(self, item: str):
        return {"item": item, "token": self.token}

    def told(self, word):
        return [self.token, self.limit, word]


class CallingAPI(api.API):
    prepared: PreparedAPI

    @api.get("calls/{word}")
    @in_mode
    def calls(self, word: str):
        return self.prepared.told(word)

    @api.get("makes/{word}")
    @in_mode
    def makes(self, word: str):
        return PreparedAPI(self.request).told(word)


class DescribedAPI(api.API):
    @api.get(
        summary="short",
        description="long",
        deprecated=True,
        idempotent=True,
        tags=["one", "two"],
        extension={"x-more": 1},
        timeout=30,
    )
    @in_mode
    def public(self, word: str):
        return word

    @api.get(private=True)
    @in_mode
    def private(self, word: str):
        return word


class TimedAPI(api.API):
    @api.get(timeout=TIMEOUT)
    def plain(self):
        time.sleep(TOO_LONG)
        return "late"

    if ASYNCHRONOUS:

        @api.get(timeout=TIMEOUT)
        async def awaited(self):
            await asyncio.sleep(TOO_LONG)
            return "late"


class RootAPI(api.API):
    mounted: MountedAPI
    decorated: DecoratedAPI
    joined: JoinedAPI
    prepared: PreparedAPI
    calling: CallingAPI
    described: DescribedAPI
    timed: TimedAPI

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_documented",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

app = service.application()
