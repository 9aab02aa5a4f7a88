"""Options of a load test: a variant that is started, or a service that runs already."""

from __future__ import annotations

import argparse
import ipaddress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from conformance.contract.backend import BACKENDS, Mode
from conformance.contract.variant import Variant
from conformance.foundation import deadline
from conformance.foundation.exceptions import BadUsage
from conformance.target.exchange import Address
from conformance.target.implementation import Implementation, find

BACKEND = "flask"
IMPLEMENTATION = "reference"
RUN_SECONDS = 10
_MOST_AT_ONCE = 100  # users a second; locust warns of more


@dataclass(frozen=True)
class ToStart:
    """One variant of an implementation."""

    implementation: Implementation
    variant: Variant


@dataclass(frozen=True)
class AlreadyThere:
    """A service that somebody else runs, at a loopback address."""

    address: Address


Choice = ToStart | AlreadyThere


def add(parser: Any) -> None:
    """Add --backend, --mode and --implementation; refuse several processes, as each would start a service."""
    group = parser.add_argument_group("Service under load (one is started, unless --host names one on this machine)")
    group.add_argument("--backend", metavar="<name>", help=f"{', '.join(BACKENDS)} (default: {BACKEND})")
    group.add_argument("--mode", metavar="<mode>", help="sync or async (default: the backend's own)")
    group.add_argument("--implementation", metavar="<name|file>", help=f"whose variant (default: {IMPLEMENTATION})")
    # A request under way when the time is up is waited for: whether it is answered, and rightly, is part of the run.
    parser.set_defaults(stop_timeout=f"{deadline.ANSWER:g}", web_host="127.0.0.1")
    known, _ = parser.parse_known_args()
    if known.processes or known.master or known.worker:
        parser.error("the load tests run in one process, without --processes, --master and --worker")


def complete(options: argparse.Namespace) -> None:
    """Set our defaults of locust's options: all users at once, and an end to a run without the web UI."""
    if options.spawn_rate is None:
        options.spawn_rate = min(options.num_users or 1, _MOST_AT_ONCE)
    if options.run_time is None and options.headless:
        options.run_time = RUN_SECONDS


def choice(options: argparse.Namespace) -> Choice:
    """Return what is to be loaded. Raises BadUsage for what does not exist or cannot be."""
    given = [f"--{name}" for name in ("backend", "mode", "implementation") if getattr(options, name)]
    if options.host:
        if given:
            raise BadUsage(
                f"--host {options.host} loads a service that is there already, so {' and '.join(given)} cannot be "
                "chosen with it. Leave out the one or the other."
            )
        return AlreadyThere(_loopback(options.host))
    return _variant(options.implementation or IMPLEMENTATION, options.backend or BACKEND, options.mode)


def _variant(implementation_name: str, backend: str, mode: str | None) -> ToStart:
    implementation = find(implementation_name)
    backends = implementation.backends
    if backend not in backends:
        raise BadUsage(f"There is no backend {backend!r}. The backends are {', '.join(backends)}.")
    if mode and mode not in {entry.value for entry in Mode}:
        raise BadUsage(f"There is no mode {mode!r}. The modes are sync and async.")
    variant = Variant(backends[backend], Mode(mode) if mode else backends[backend].default_mode)
    if variant not in implementation.variants:
        raise BadUsage(
            f"{implementation.name} does not say that it supports {variant}: {implementation.file} lists "
            f"{', '.join(map(str, implementation.variants))}."
        )
    return ToStart(implementation, variant)


def _loopback(url: str) -> Address:
    """The address in `http://host:port`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 80
    except ValueError:
        raise _no_address(url) from None
    if parts.scheme != "http" or not host or parts.username or parts.path.strip("/") or parts.query or parts.fragment:
        raise _no_address(url)
    if not _is_loopback(host):
        raise BadUsage(f"--host {url} is not on this machine; only loopback addresses are loaded.")
    return host, port


def _no_address(url: str) -> BadUsage:
    return BadUsage(f"--host {url} is no address of a service; one reads http://127.0.0.1:8000.")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
