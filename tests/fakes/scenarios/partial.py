"""Declares one of each thing that an implementation may lack; see tests/target/test_partial.py."""

import os

from scenario import ASYNCHRONOUS, BACKEND, NONCE, in_mode
from utilmeta import UtilMeta
from utilmeta.core import api, request
from utilmeta.core.api import Absent  # no implementation has it


class Derived(Absent):
    """Depends on what is missing."""


def probed():
    return Derived()


def imports():
    from utilmeta.conf import Nowhere

    return Nowhere


def whole():
    return "whole"


class NestedAPI(api.API):
    @api.get
    @in_mode
    def leaf(self):
        return "leaf"


@api.Nothing(at_all=1)
class RootAPI(api.API):
    nested: NestedAPI = api.route("nested", nothing=1)

    @api.get
    @in_mode
    def nonce(self):
        return NONCE

    @api.get("item/{number}", colour="red")
    @in_mode
    def item(self, number: int):
        return number

    @api.post
    @in_mode
    def field(self, data: dict = request.Nothing):
        return data

    @api.get
    @in_mode
    def annotated(self, word: str = "") -> str:
        hinted(None)
        return word

    @api.get
    @in_mode
    def raised(self):
        raise Absent

    @api.never("*")
    def hook(self):
        return None


def hinted(value: Absent):
    return value


def built(**options):
    return UtilMeta(__name__, name="partial", backend=BACKEND, asynchronous=ASYNCHRONOUS, route="/api", **options)


service = built(api=RootAPI, no_such_keyword=1)
service.use(Absent())

if os.environ.get("SCENARIO_USES") == "absent":
    service.use(api.Nothing())

app = service.application()
