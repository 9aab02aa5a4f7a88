"""Private functions that public ones call, a public endpoint at the path of one, and mounts by private routes."""

from typing import Annotated

from scenario import ASYNCHRONOUS, BACKEND, NONCE, PRODUCTION, in_mode, with_a_key
from utilmeta import UtilMeta
from utilmeta.core import api


class LeafAPI(api.API):
    @api.get
    @in_mode
    def leaf(self, word: str):
        return {"leaf": word}


@api.route(private=True)
class HiddenAPI(LeafAPI):
    @api.get
    @in_mode
    def told(self, word: str):
        return ["", 0, None, False, word]


class DerivedAPI(HiddenAPI):
    pass


@api.route("renamed")
class RenamedAPI(HiddenAPI):
    """A route of its own, which says nothing of private."""


@api.route(summary="described")
class DescribedAPI(DerivedAPI):
    pass


class FarAPI(RenamedAPI):
    @api.get
    @in_mode
    def own(self, word: str):
        return {"own": word}


class OtherAPI(api.API):
    @api.get
    @in_mode
    def other(self, word: str):
        return {"other": word}


@api.route("second-base")
class SecondBaseAPI(OtherAPI, HiddenAPI):
    pass


class RootAPI(api.API):
    hidden: HiddenAPI
    derived: DerivedAPI
    by_its_class: RenamedAPI
    described: DescribedAPI
    far: FarAPI = api.route("far-below")
    second_base: SecondBaseAPI
    derived_at: DerivedAPI = api.route("at")
    derived_in: Annotated[DerivedAPI, api.route("in")]
    other: OtherAPI
    by_value: LeafAPI = api.route("by-value", private=True)
    by_annotation: Annotated[LeafAPI, api.route(private=True)]
    public: LeafAPI = api.route("public")

    @api.get(private=True)
    @in_mode
    def shut(self, word: str):
        return {"shut": word}

    @api.get("both", private=True)
    @in_mode
    def private_half(self):
        return "private"

    @api.post("both")
    @in_mode
    def public_half(self):
        return "public"

    if ASYNCHRONOUS:

        @api.get
        async def calls(self, word: str):
            return [await self.shut(word), await self.hidden.told(word)]

    else:

        @api.get
        def calls(self, word: str):
            return [self.shut(word), self.hidden.told(word)]

    @api.get
    @in_mode
    def nonce(self):
        return NONCE


service = with_a_key(
    UtilMeta(
        __name__,
        name="api_private_functions",
        backend=BACKEND,
        asynchronous=ASYNCHRONOUS,
        production=PRODUCTION,
        api=RootAPI,
        route="/api",
    )
)

service.mount(RenamedAPI, route="mounted")
app = service.application()
