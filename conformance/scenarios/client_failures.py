"""Clients whose requests fail: without a template, with one, with a choice; and how long they wait."""

from typing import Union

from client_calls import calling
from utilmeta.core import api, response
from utilmeta.core.cli import Client


def failures():
    class Number(response.Response):
        result: int

    class Failures(Client):
        @api.get("{how}")
        def bare(self, how: str):
            pass

        @api.get("{how}")
        def plain(self, how: str) -> response.Response:
            pass

        @api.get("{how}")
        def typed(self, how: str) -> Number:
            pass

        @api.get("{how}")
        def either(self, how: str) -> Union[Number, response.Response]:
            pass

        @api.post("{how}")
        def posted(self, how: str, n: int) -> response.Response:
            pass

        @api.get("{how}")
        def fallback(self, how: str):
            try:
                raise TimeoutError
            except TimeoutError:
                return self.get(how)

    return Failures


def patience():
    class Patience(Client):
        @api.get("slow")
        def slow(self) -> response.Response:
            pass

        @api.get("slow", timeout=9)
        def patient(self) -> response.Response:
            pass

        @api.get("slow", timeout=0.1)
        def hasty(self) -> response.Response:
            pass

    return Patience


called = calling(failures, patience)
