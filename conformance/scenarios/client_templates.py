"""Clients whose request functions are annotated with templates: result, status, keys, headers, several of them."""

from typing import Dict, List, Union

from client_calls import calling, module
from utilmeta.core import api, response
from utilmeta.core.cli import Client


def results():
    class Number(response.Response):
        result_key = "data"
        result: int

    class Numbers(response.Response):
        result_key = "data"
        result: List[int]

    class Flags(response.Response):
        result: Dict[str, bool]

    class Results(Client):
        @api.get("number")
        def number(self, n: str) -> Number:
            pass

        @api.get("numbers")
        def numbers(self, n: str) -> Numbers:
            pass

        @api.get("flags")
        def flags(self, n: str) -> Flags:
            pass

    return Results


def statuses():
    class Made(response.Response):
        result: int
        status = 201

    class MadeToo(Made):
        result_key = "made"

    class Statuses(Client):
        @api.get("made")
        def inherited(self, status: int) -> MadeToo:
            pass

        @api.get("made")
        def made(self, status: int) -> Made:
            pass

        @api.get("made")
        def perhaps(self, status: int) -> Union[Made, response.Response]:
            pass

    return Statuses


def keys():
    class Keyed(response.Response):
        result_key = "rows"
        message_key = "note"
        state_key = "code"
        count_key = "of"
        result: list

    class Keys(Client):
        @api.get("keyed")
        def keyed(self, n: str) -> Keyed:
            pass

    return Keys


def headers():
    import utype

    class Fields(utype.Schema):
        left: int = utype.Field(alias="X-Left")
        name: str = utype.Field(alias="X-Name", default="none")

    class Limited(response.Response):
        headers: Fields
        result: dict

    class Headers(Client):
        @api.get("limited")
        def limited(self, n: str) -> Limited:
            pass

    return Headers


def several():
    class Found(response.Response):
        result: Dict[str, int]
        status = 200

    class Missing(response.Response):
        result_key = "missing"
        result: str
        status = 404

    class Number(response.Response):
        result: int

    class Numbers(response.Response):
        result: Dict[str, int]

    class Words(response.Response):
        result: Dict[str, str]

    class Several(Client):
        @api.get("parsed")
        def numbers_first(self, n: str) -> Union[Numbers, Words]:
            pass

        @api.get("parsed")
        def words_first(self, n: str) -> Union[Words, Numbers]:
            pass

        @api.get("status")
        def by_status(self, n: str) -> Union[Found, Missing]:
            pass

        @api.get("status")
        def by_status_last(self, n: str) -> Union[Number, Missing]:
            pass

        @api.get("status")
        def plain_or_by_status(self, n: str) -> Union[response.Response, Missing]:
            pass

        @api.get("parsed")
        def parsed(self, n: str) -> Union[Number, Words]:
            pass

        @api.get("parsed")
        def parsed_otherwise(self, n: str) -> Union[Words, Number]:
            pass

        @api.get("parsed")
        def perhaps(self, n: str) -> Union[Number, Words, response.Response]:
            pass

    return Several


_called = calling(results, statuses, keys, headers, several)


def called(client, **given):
    if client == "headers" and module("utype") is None:
        return {"lacks": "utype"}
    return _called(client=client, **given)
