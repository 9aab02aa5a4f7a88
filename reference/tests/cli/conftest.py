"""A peer and a style for each test of clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from peer import Peer
from style import STYLES, Style


@pytest.fixture
def peers() -> Iterator[Callable[..., Peer]]:
    """Start servers that end with the test."""
    started: list[Peer] = []

    def start(**options: Any) -> Peer:
        started.append(Peer(**options))
        return started[-1]

    yield start
    for peer in started:
        peer.stop()


@pytest.fixture
def peer(peers: Callable[..., Peer]) -> Peer:
    return peers()


@pytest.fixture(params=STYLES)
def style(request: pytest.FixtureRequest) -> Iterator[Style]:
    made = Style(request.param)
    yield made
    made.loop.close()
