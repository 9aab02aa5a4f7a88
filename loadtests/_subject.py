"""The service under load: started through the harness, or running already."""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod

from conformance.foundation.exceptions import HarnessError, ServiceDied
from conformance.target.exchange import Address, authority
from conformance.target.service import Service
from conformance.target.target import Target
from loadtests._options import AlreadyThere, Choice, ToStart

_CONNECT_SECONDS = 5.0
_DYING_SECONDS = 2.0


class Subject(ABC):
    """A service under load: its name in the figures, and its address. Close it after use."""

    def __init__(self, name: str, address: Address) -> None:
        self.name = name
        self.url = f"http://{authority(address)}"

    @abstractmethod
    def why_gone(self) -> ServiceDied | None:
        """Return what is known of the service's end after a refused connection; None when it still runs."""

    @abstractmethod
    def close(self) -> None:
        """End the service if it was started here."""


class Started(Subject):
    """The root scenario on a variant with `production=True`, attested before it is loaded."""

    def __init__(self, target: Target, service: Service) -> None:
        super().__init__(f"{target.variant} of {target.implementation.name}", service.address)
        self._target = target
        self._service = service

    def why_gone(self) -> ServiceDied | None:
        if not self._service.ended_within(_DYING_SECONDS):
            return None
        return ServiceDied(
            f"{self.name} ended under load ({self._service.exit_status}). Its output:\n{self._service.log_tail}"
        )

    def close(self) -> None:
        self._target.close()


class Found(Subject):
    """A service that somebody else runs, of which only the address is known."""

    def __init__(self, address: Address) -> None:
        super().__init__(authority(address), address)
        self._address = address

    def why_gone(self) -> ServiceDied | None:
        return None if _listens(self._address) else ServiceDied(f"Nobody listens at {self.url} any more.")

    def close(self) -> None:
        return


def begin(choice: Choice) -> Subject:
    """Start the variant, or require that a server listens at the given address; end what was started if that fails.

    Raises HarnessError or AssertionError (ImplementationFault, or a doubt of the attestation).
    """
    if isinstance(choice, ToStart):
        return _start(choice)
    return _find(choice)


def _start(choice: ToStart) -> Started:
    target = Target(choice.implementation, choice.variant)
    try:
        return Started(target, target.root(production=1))
    except BaseException:
        target.close()
        raise


def _find(choice: AlreadyThere) -> Found:
    if not _listens(choice.address):
        raise HarnessError(f"Nobody listens at {authority(choice.address)}, so there is nothing to load.")
    return Found(choice.address)


def _listens(address: Address) -> bool:
    try:
        socket.create_connection(address, timeout=_CONNECT_SECONDS).close()
    except OSError:
        return False
    return True
