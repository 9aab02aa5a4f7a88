"""Refusals of hooks, plugins and CORS: what they cannot be put around, and arguments they do not take."""

from __future__ import annotations

from typing import Any

import pytest
from test_hooks import LeafAPI, RootAPI, Told, traced

from utilmeta.core import api
from utilmeta.core import request as request_of
from utilmeta.core.api.tree import endpoints
from utilmeta.core.pipeline.plan import compile_routes
from utilmeta.core.response import Response
from utilmeta.utils import exceptions


class Deaf(api.Plugin):
    """Is not told what it is asked about."""

    def process_request(self) -> None: ...


def test_a_hook_around_nothing_is_refused() -> None:
    class LonelyAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.before("hallo")
        def guard(self) -> None: ...

    class OtherAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.after(LonelyAPI.hello)
        def late(self, response: Response) -> None: ...

    with pytest.raises(exceptions.DeclarationError, match=r"LonelyAPI\.guard is @api.before of hallo"):
        compile_routes(endpoints(LonelyAPI))
    with pytest.raises(exceptions.DeclarationError, match=r"OtherAPI\.late is @api.after of .*LonelyAPI\.hello"):
        compile_routes(endpoints(OtherAPI))


class EmptyAPI(api.API):
    @api.before("*")
    def guard(self) -> None: ...


class AroundAPI(api.API):
    empty: EmptyAPI

    @api.get
    def hello(self) -> None: ...


def test_a_hook_of_a_class_without_endpoints_is_refused() -> None:
    class InheritedAPI(EmptyAPI):
        @api.get
        def hello(self) -> None: ...

    for root in (EmptyAPI, AroundAPI):
        with pytest.raises(exceptions.DeclarationError, match=r"EmptyAPI\.guard is @api.before, but .*has no endpoint"):
            compile_routes(endpoints(root))
    compile_routes(endpoints(InheritedAPI))


def test_a_plugin_or_cors_of_what_is_no_endpoint_is_refused() -> None:
    for decorator in (Told("x"), api.CORS("*")):

        class ForgottenAPI(api.API):
            @api.get
            def hello(self) -> None: ...

            @decorator
            def helper(self) -> None: ...

        with pytest.raises(exceptions.DeclarationError, match=r"ForgottenAPI\.helper has a plugin or CORS"):
            compile_routes(endpoints(ForgottenAPI))


def test_a_hook_takes_no_body_of_a_get() -> None:
    class OuterAPI(api.API):
        inner: LeafAPI

        @api.before("*")
        def guard(self, name: str = request_of.BodyParam()) -> None: ...

    class SharedAPI(api.API):
        inner: LeafAPI
        name: str = request_of.BodyParam()

        @api.before("*")
        def guard(self) -> None: ...

    for root, name in ((OuterAPI, r"OuterAPI\.guard"), (SharedAPI, "SharedAPI")):
        with pytest.raises(exceptions.DeclarationError, match=rf"{name}, around .*LeafAPI.*: parameter 'name'"):
            compile_routes(endpoints(root))


def test_a_bare_decorator_is_refused() -> None:
    class BareAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.before
        def guard(self) -> None: ...

    with pytest.raises(exceptions.DeclarationError, match=r"BareAPI\.guard is a bare @api\.before"):
        compile_routes(endpoints(BareAPI))


def test_a_function_that_is_no_hook_of_an_instance_is_refused() -> None:
    def generated(self: Any) -> Any:
        yield self

    for function, message in ((lambda: None, "takes no self"), (generated, "is a generator")):
        root = type("OddAPI", (api.API,), {"hello": vars(RootAPI)["plain"], "odd": api.before("*")(function)})
        with pytest.raises(exceptions.DeclarationError, match=rf"OddAPI\.odd {message}"):
            compile_routes(endpoints(root))
    root = type("OddAPI", (api.API,), {"hello": vars(RootAPI)["plain"], "odd": staticmethod(api.before("*")(traced))})
    with pytest.raises(exceptions.DeclarationError, match=r"OddAPI\.odd is a static or class method"):
        compile_routes(endpoints(root))
    del traced.__hooks__  # type: ignore[attr-defined]


def test_a_hook_that_does_not_take_what_it_is_given_is_refused() -> None:
    class NarrowAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.handle("*")
        def wrong(self) -> None: ...

    class MarkedAPI(api.API):
        @api.get
        def hello(self) -> None: ...

        @api.after("*")
        def wrong(self, token: str = request_of.HeaderParam) -> None: ...

    with pytest.raises(exceptions.DeclarationError, match=r"NarrowAPI\.wrong is @api\.handle: its first parameter"):
        compile_routes(endpoints(NarrowAPI))
    with pytest.raises(
        exceptions.DeclarationError, match=r"MarkedAPI\.wrong is @api\.after: .*'token' is sent by nobody"
    ):
        compile_routes(endpoints(MarkedAPI))


@pytest.mark.parametrize(
    ("declare", "message"),
    [
        (lambda: api.before()(traced), "names no endpoint"),
        (lambda: api.handle(KeyError)(traced), "names no endpoint"),
        (lambda: api.before(KeyError), "takes no class but an API class"),
        (lambda: api.before(5), "takes endpoints, classes and texts, not 5"),
        (lambda: api.before("*")(RootAPI.plain), "is an endpoint"),
        (lambda: api.get(LeafAPI.before_leaf), "is a hook"),
        (lambda: api.after("*")(5), "decorates a function"),
        (lambda: api.Plugin()(RootAPI), "defines none of"),
        (lambda: Deaf()(RootAPI), "the plugin Deaf: process_request is called with one argument"),
        (lambda: Told("x")(5), "decorates an API class or an endpoint"),
        (lambda: Told("x")(dict), "decorates an API class or an endpoint"),
        (lambda: api.CORS("*")(dict), "decorates an API class or an endpoint"),
        (lambda: api.CORS("https://a.example/"), "is no origin"),
        (lambda: api.CORS(["https://a.example", "https://a.example:"]), "'https://a.example:' is no origin"),
        (lambda: api.CORS("https://*.example"), "is no origin"),
        (lambda: api.CORS("https://a.example,https://b.example"), "is no origin"),
        (lambda: api.CORS("https://a.example:65536"), "is no origin"),
        (lambda: api.CORS([]), "lists no origin"),
        (lambda: api.CORS(5), "is a text or several"),
        (lambda: api.CORS("*", allow_headers="a b"), "no name of a header"),
        (lambda: api.CORS("*", max_age=-1), "is a number of seconds"),
        (lambda: api.CORS("*", allow_credentials=1), "True or False"),
        (lambda: api.CORS("*", allow_credentials=True)(RootAPI), "@api.CORS of RootAPI: browsers send no credentials"),
    ],
)
def test_what_makes_no_sense_is_refused_at_once(declare: Any, message: str) -> None:
    with pytest.raises((TypeError, ValueError, exceptions.DeclarationError), match=message):
        declare()
