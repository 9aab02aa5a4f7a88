"""Clients of a service: of one that runs, calling inside the process, and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from utilmeta.core.server.state import ServiceState
from utilmeta.utils.exceptions import ServiceError

if TYPE_CHECKING:
    from utilmeta.core.cli.client import Client
    from utilmeta.core.server.inside.entrance import LoopEntrance, ThreadEntrance

AnyClient = TypeVar("AnyClient", bound="Client")


class WithClients:
    """What a service has of clients; ``UtilMeta`` is the one class of it."""

    _state: ServiceState
    _entrance: ThreadEntrance | LoopEntrance | None = None
    _started: bool = False

    @overload
    def get_client(self, kind: None = None, /, *, live: bool = False, **options: Any) -> Client: ...

    @overload
    def get_client(self, kind: type[AnyClient], /, *, live: bool = False, **options: Any) -> AnyClient: ...

    def get_client(self, kind: Any = None, /, *, live: bool = False, **options: Any) -> Any:
        """Return a client of this service: a ``Client``, or a subclass of it that is given (CLIENT-g38).

        With ``live`` it sends requests to the service's base URL, where the service has to run; else its calls stay
        inside the process. ``options`` are those of ``Client``.
        """
        return made(kind, service=self, internal=not live, **options)

    @overload
    def test_client(self, kind: None = None, /, **options: Any) -> Started[Client]: ...

    @overload
    def test_client(self, kind: type[AnyClient], /, **options: Any) -> Started[AnyClient]: ...

    def test_client(self, kind: Any = None, /, **options: Any) -> Any:
        """Return what starts the service without a server, for ``with`` and ``async with`` (CLIENT-14a).

        The startup hooks run at its begin, the shutdown hooks at its end, and it gives a client as ``get_client`` does.
        Raises HookFailed where a startup hook fails, ServiceError where the service runs in this process already.
        """
        return Started(self, made(kind, service=self, internal=True, **options))

    def entrance(self) -> ThreadEntrance | LoopEntrance:
        """Return the way into the service past its server, for clients in this process.

        Raises ServiceError for a service that was put into another application, which is not its own to call.
        """
        if self._state.adapted:
            raise ServiceError(
                f"{self!r} is in an application of another's, by adapt(); call that as its framework does, or over the "
                "network"
            )
        if self._entrance is None:
            from utilmeta.core.server.inside.entrance import LoopEntrance, ThreadEntrance

            application = self.application()
            state, adapter = self._state, self._adapter
            loop = state.adapter_class.on_loop(asynchronous=state.asynchronous)
            kind: Any = LoopEntrance if loop else ThreadEntrance
            self._entrance = kind(adapter.exchange(application), state.lifecycle)
        return self._entrance

    if TYPE_CHECKING:
        _adapter: Any

        def application(self) -> Any: ...


def made(kind: Any, **options: Any) -> Client:
    """Return a client of a class."""
    from utilmeta.core.cli.client import Client

    if kind is not None and not (isinstance(kind, type) and issubclass(kind, Client)):
        raise TypeError(f"a client is of a subclass of Client, not {kind!r}")
    client: Client = (kind or Client)(**options)
    return client


class Started(Generic[AnyClient]):
    """A service that is started while a ``with`` or ``async with`` lasts, and its client."""

    def __init__(self, service: WithClients, client: AnyClient) -> None:
        self.service = service
        self.client = client

    def open(self) -> ThreadEntrance | LoopEntrance:
        """Return the way into the service. Raises ServiceError where it runs already."""
        service = self.service
        if service._started or service._state.lifecycle.lives:
            raise ServiceError(
                "test_client() starts the service, which runs in this process already: end the other test client "
                "before, or call the service that runs with get_client()"
            )
        entrance = service.entrance()
        service._started = True
        return entrance

    def close(self) -> ThreadEntrance | LoopEntrance:
        """Return the way into the service, which may be started again."""
        self.service._started = False
        return self.service.entrance()

    def __enter__(self) -> AnyClient:
        entrance = self.open()
        try:
            entrance.begin()
        except BaseException:
            self.close()
            raise
        return self.client.__enter__()

    def __exit__(self, *exception: object) -> None:
        try:
            self.client.__exit__(*exception)
        finally:
            self.close().end()

    async def __aenter__(self) -> AnyClient:
        entrance = self.open()
        try:
            await entrance.abegin()
        except BaseException:
            self.close()
            raise
        return await self.client.__aenter__()

    async def __aexit__(self, *exception: object) -> None:
        try:
            await self.client.__aexit__(*exception)
        finally:
            await self.close().aend()
