"""``Client``, which sends HTTP requests by urllib, requests, httpx or aiohttp.

class Pets(cli.Client):
    @api.get("pet/{id}")
    def pet(self, id: int) -> Response[Pet]: pass          # GET pet/1

with Pets(base_url="https://example.com/api", default_timeout=5) as pets:
    pets.pet(id=1).result
    pets.post("pet", data={"name": "Tim"})
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Mapping
from copy import deepcopy
from typing import Any, ClassVar, TypedDict, TypeVar

from typing_extensions import Unpack

from utilmeta.core.api.declaration import Mountable, Operation
from utilmeta.core.api.plugin import PROCESSES
from utilmeta.core.cli import libraries
from utilmeta.core.cli.call import Call
from utilmeta.core.cli.declaration import ABSOLUTE, Function, check_class, compile_client, joined, sending
from utilmeta.core.cli.error import ArgumentError
from utilmeta.core.cli.generation.api_class import read_api
from utilmeta.core.cli.generation.client_class import make_class
from utilmeta.core.cli.inside.connections import Inside, url_of
from utilmeta.core.cli.mock.connections import Mock
from utilmeta.core.cli.parameters import checked, filled, write
from utilmeta.core.cli.request import ClientRequest, fields_of
from utilmeta.core.cli.settings import Settings, preference, settings
from utilmeta.core.cli.streams.download import Downloads
from utilmeta.core.cli.template import Returns
from utilmeta.core.cli.transport.connections import Connections, driven
from utilmeta.core.cli.transport.cookies import Cookies, read
from utilmeta.core.cli.transport.deadline import seconds_of
from utilmeta.core.cli.transport.limits import MIB
from utilmeta.core.response.response import Response

Self = TypeVar("Self", bound="Client")
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
RESERVED = frozenset(
    {"request", "async_request", "download", "async_download", *METHODS, *(f"async_{name}" for name in METHODS)}
)


class Options(TypedDict, total=False):
    """What a request is given besides its method and path; see ``Client.request``."""

    query: Mapping[str, Any] | None
    data: Any
    headers: Any
    cookies: Any
    timeout: Any


class Client(Mountable, Downloads):
    """Base of clients; one also sends any request by itself, ``client.get("path")``.

    ``base_url``: what paths are below, else the class's ``default_base_url``; its query is in every request, and user
    and password become Authorization.
    ``backend``: urllib, requests, httpx or aiohttp, by name or as the module; else the Preference's, which is urllib.
    ``service``: a service whose base URL is taken where ``base_url`` is not given.
    ``internal``: whether calls stay in the process, of ``service`` or else of the one that the process has.
    ``mock``: whether nothing is sent, and answers are made up of the templates.
    ``append_slash``: whether URLs end in a slash.
    ``default_timeout``: seconds, or a timedelta, that a call has from its begin to the last byte; None is no end.
    ``connect_timeout``, ``read_timeout``: seconds, or timedeltas, that connecting may take, and the wait for the next
    bytes of an answer, each within the time of the call.
    ``max_response_size``: the most bytes of an answer's body, as it comes and decoded; None is no limit.
    ``base_headers``, ``base_query``, ``base_cookies``: what is in every request to the origin of ``base_url``.
    ``proxies``: the URL of a proxy by ``"http"`` and ``"https"``; the environment's are not read.
    ``allow_redirects``: whether redirects are followed; None leaves it to the library, of which httpx follows none.
    ``fail_silently``: whether a plain Response takes the place of what would be an error: no answer, or one that
    parses as no template.
    ``max_event_size``: how many bytes an event or line of a stream has at most.
    ``reconnects``: how often in a row, without an event between, server-sent events are asked for again when their
    connection has ended; 0 is never.
    ``max_connections``: how many the awaited calls of an event loop have at once; further calls wait, which is in their
    time. None is no limit.

    A client keeps its connections; the end of the last ``with`` or ``async with`` closes them, and forgets the cookies
    that were set. Functions may be called from several threads and tasks. Clients that it mounts are as it is: their
    ``__init__`` gets the same arguments, and what it gives to this one has no effect. Raises TypeError, ValueError and
    ImportError for wrong arguments, DeclarationError for what is wrong with the class.
    """

    default_base_url: ClassVar[str | None] = None

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        check_class(cls, RESERVED)
        for name in {name for base in cls.__mro__ for name in vars(base)}:
            value = inspect.getattr_static(cls, name)
            declared = isinstance(getattr(value, "__operation__", None), Operation)
            if declared and not hasattr(value, "__request_function__"):
                setattr(cls, name, sending(value, Client._call, Client._acall))

    @classmethod
    def of(cls, api: Any, *, asynchronous: bool | None = None) -> Any:
        """Return a subclass with a request function for each endpoint of an API class, and for what that mounts.

        Nothing of the API class runs. Request functions are ``async def`` where their endpoints are, or all of them or
        none as ``asynchronous`` says. A name that a client has already ends in an underscore: ``get_`` for an endpoint
        ``get``. Raises TypeError for what is no API class, DeclarationError for what is wrong with it.
        """
        return make_class(read_api(api, dir(Client), asynchronous=asynchronous), cls, Client)

    def __init__(
        self,
        base_url: str | None = None,
        *,
        backend: Any = None,
        service: Any = None,
        internal: bool = False,
        mock: bool = False,
        append_slash: bool = False,
        default_timeout: Any = None,
        base_headers: Any = None,
        base_query: Mapping[str, Any] | None = None,
        base_cookies: Any = None,
        proxies: Mapping[str, str] | None = None,
        allow_redirects: bool | None = None,
        fail_silently: bool = False,
        connect_timeout: Any = None,
        read_timeout: Any = None,
        max_response_size: int | None = 64 * MIB,
        max_event_size: int = 1 << 20,
        reconnects: int = 0,
        max_connections: int | None = 100,
    ) -> None:
        given = {name: value for name, value in locals().items() if name != "self"}
        if "_settings" in vars(self):
            return  # of a client that another one mounts
        if base_url is None:
            base_url = self.default_base_url if service is None else url_of(service)
        made = settings(
            libraries.find(preference().client_default_request_backend if backend is None else backend),
            base_url,
            append_slash=append_slash,
            default_timeout=default_timeout,
            base_headers=base_headers,
            base_query=base_query,
            base_cookies=base_cookies,
            proxies=proxies,
            allow_redirects=allow_redirects,
            fail_silently=fail_silently,
            connect_timeout=connect_timeout,
            read_timeout=read_timeout,
            max_response_size=max_response_size,
            max_event_size=max_event_size,
            reconnects=reconnects,
            max_connections=max_connections,
        )
        connections = Connections(made.library, made.proxies, made.max_connections)
        if internal:
            connections = Inside(service, made.base_url, made.library)
        if mock:
            connections = Mock(made.library)
        self._begin(made, connections, Cookies(), "", (), given)

    def _begin(
        self,
        made: Settings,
        connections: Connections,
        cookies: Cookies,
        route: str,
        outer: tuple[Client, ...],
        given: Mapping[str, Any],
    ) -> None:
        """Compile the class, and make the clients that it mounts, with the ``given`` arguments of the outermost."""
        self._settings = made
        self._connections = connections
        self._cookies = cookies
        self._route = route
        self._outer = outer
        self._defined = {
            name: tuple(
                at for at, each in enumerate(self._lineage) if getattr(type(each), name) is not getattr(Client, name)
            )
            for name in PROCESSES
        }  # which clients of the lineage define it
        self._declared = compile_client(type(self), route, tuple(type(each) for each in outer))  # type: ignore[arg-type]
        for name, (kind, below) in self._declared.mounts.items():
            mounted: Client = object.__new__(kind)
            mounted._begin(made, connections, cookies, below, self._lineage, given)
            kind.__init__(mounted, **given)  # type: ignore[misc]
            setattr(self, name, mounted)

    @property
    def _lineage(self) -> tuple[Client, ...]:
        """The clients that mount this one, the outermost first, and itself."""
        return (*self._outer, self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._settings.base_url} by {self._settings.library.name}>"

    # --- what subclasses may define; each may be async def, for requests that are awaited ---

    def process_request(self, request: ClientRequest) -> Any:
        """Change a request before it is sent; a Response that is returned is the answer (CLIENT-g19)."""

    def process_response(self, response: Response[Any]) -> Any:
        """Change a response; a request that is returned is sent (CLIENT-g20)."""

    def handle_error(self, error: Any) -> Any:
        """Return a Response that is the answer, or a request to send; else the error is raised (CLIENT-g21)."""

    # --- any request ---

    def request(
        self,
        method: str,
        path: str = "",
        query: Mapping[str, Any] | None = None,
        data: Any = None,
        headers: Any = None,
        cookies: Any = None,
        timeout: Any = None,
    ) -> Response[Any]:
        """Send a request and return its answer.

        ``path`` is below the base URL, or a URL. ``timeout`` is in seconds or a timedelta, and goes before the
        client's. Raises ClientError.
        """
        return driven(self._any(False, method, path, query, data, headers, cookies, timeout))  # type: ignore[no-any-return]

    async def async_request(
        self,
        method: str,
        path: str = "",
        query: Mapping[str, Any] | None = None,
        data: Any = None,
        headers: Any = None,
        cookies: Any = None,
        timeout: Any = None,
    ) -> Response[Any]:
        """Send a request as ``request`` does, and await its answer."""
        return await self._any(True, method, path, query, data, headers, cookies, timeout)  # type: ignore[no-any-return]

    def get(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a GET; see ``request``."""
        return self.request("GET", path, **options)

    def post(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a POST; see ``request``."""
        return self.request("POST", path, **options)

    def put(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a PUT; see ``request``."""
        return self.request("PUT", path, **options)

    def patch(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a PATCH; see ``request``."""
        return self.request("PATCH", path, **options)

    def delete(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a DELETE; see ``request``."""
        return self.request("DELETE", path, **options)

    def head(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a HEAD; see ``request``."""
        return self.request("HEAD", path, **options)

    def options(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send an OPTIONS; see ``request``."""
        return self.request("OPTIONS", path, **options)

    async def async_get(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a GET and await its answer; see ``request``."""
        return await self.async_request("GET", path, **options)

    async def async_post(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a POST and await its answer; see ``request``."""
        return await self.async_request("POST", path, **options)

    async def async_put(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a PUT and await its answer; see ``request``."""
        return await self.async_request("PUT", path, **options)

    async def async_patch(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a PATCH and await its answer; see ``request``."""
        return await self.async_request("PATCH", path, **options)

    async def async_delete(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a DELETE and await its answer; see ``request``."""
        return await self.async_request("DELETE", path, **options)

    async def async_head(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send a HEAD and await its answer; see ``request``."""
        return await self.async_request("HEAD", path, **options)

    async def async_options(self, path: str = "", **options: Unpack[Options]) -> Response[Any]:
        """Send an OPTIONS and await its answer; see ``request``."""
        return await self.async_request("OPTIONS", path, **options)

    # --- connections ---

    def close(self) -> None:
        """Close the connections and forget the cookies that were set; the client can be used again."""
        self._cookies.forget()
        self._connections.close()

    async def aclose(self) -> None:
        """Do what ``close`` does, for connections of awaited requests too."""
        self._cookies.forget()
        await self._connections.aclose()

    def __enter__(self: Self) -> Self:
        self._connections.enter()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._connections.leave():
            self.close()

    async def __aenter__(self: Self) -> Self:
        self._connections.aenter()
        return self

    async def __aexit__(self, *exception: object) -> None:
        if await self._connections.aleave():
            await self.aclose()

    # --- how a request comes about ---

    def _call(self, function: Function, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Call a request function."""
        return driven(self._function(function, arguments, options, asynchronous=False))

    def _acall(self, function: Function, arguments: tuple[Any, ...], options: dict[str, Any]) -> Awaitable[Any]:
        """Call a request function that is awaited."""
        return self._function(function, arguments, options, asynchronous=True)

    async def _function(
        self, function: Function, arguments: tuple[Any, ...], options: dict[str, Any], *, asynchronous: bool
    ) -> Any:
        """Make a request function's request and send it, unless its own body gives an answer."""
        plan = self._declared.plans[function]
        values = checked(plan.parameters, arguments, options, plan.label)
        path = filled(plan.path, values, plan.label)
        made = self._made(plan.method, path, plan.timeout, absolute=plan.absolute)
        write(made, plan.parameters, values, plan.label)
        answer = function(self, **values)
        if asynchronous:
            answer = await answer
        return await Call(self, plan.label, plan.returns, plan.around, made, asynchronous=asynchronous).answer(answer)

    async def _any(
        self,
        asynchronous: bool,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        data: Any,
        headers: Any,
        cookies: Any,
        timeout: Any,
        returns: Returns | None = None,
    ) -> Any:
        """Send any request; its answer is read as a plain one, or as what it ``returns``."""
        absolute = ABSOLUTE.match(path) is not None
        if not absolute and "{" in self._route:
            raise ArgumentError(f"{type(self).__qualname__} is at {self._route!r}, whose braces no argument fills")
        below = path if absolute else joined(self._route, path)
        made = self._made(method, below, seconds_of(timeout, "timeout"), absolute=absolute)
        made.query.update(query or {})
        made.headers.take(fields_of(headers))
        made.cookies.update(read(cookies))
        made.data = data
        label, plain, around = self._declared.simple
        return await Call(self, label, returns or plain, around, made, asynchronous=asynchronous).answer()

    def _made(self, method: str, path: str, timeout: float | None, *, absolute: bool) -> ClientRequest:
        """Return a request with what the client adds to each, but secrets to its own origin alone (CLIENT-6a).

        ``path`` is below the base URL, or is ``absolute``, a URL.
        """
        held = self._settings
        url = path if absolute else self._url(path)
        made = ClientRequest(method, url, timeout=held.default_timeout if timeout is None else timeout)
        if not absolute or held.is_own(url):
            made.query.update(deepcopy(held.query))  # a hook may change a list in it
            made.headers.fields += held.headers
            made.cookies.update(held.cookies)
        return made

    def _source(self, path: str) -> str:
        """Return the URL of a path. Raises ArgumentError where there is none."""
        return path if ABSOLUTE.match(path) else self._url(joined(self._route, path))

    def _url(self, path: str) -> str:
        """Return a path below the base URL as a URL. Raises ArgumentError where there is none."""
        held = self._settings
        base_url = held.base_url or self._connections.base_url()
        if base_url is None:
            raise ArgumentError(
                f"{type(self).__qualname__} has no base_url, so {path.partition('?')[0]!r} is no URL; give it one"
            )
        path, mark, query = path.partition("#")[0].partition("?")
        slash = "/" if held.append_slash and path[-1:] != "/" else ""
        return f"{base_url}{'/' if path else ''}{path}{slash}{mark}{query}"
